// 法〔2015〕…, 法〔2018〕335号: (year) court [special] type number 号; docs in domain rules of Registry. The console only
// helps while typing; the station parses it again.

const provinces = '京津沪渝冀晋内辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川黔云藏陕甘青宁新兵军';

export interface CaseNumber {
  year: number;
  court: string;
  type: string;
  number: number;
  /** The number in its usual form, full-width brackets. */
  text: string;
}

/** How far a number is right while it is typed. */
export type CaseCheck =
  | { state: 'good'; value: CaseNumber }
  | { state: 'unfinished' | 'wrong'; at: 'year' | 'court' | 'type' | 'number' | 'end' };

/** Full-width digits and brackets, and spaces, as people type them. */
export function normaliseCase(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '').replace(/[〔[【]/g, '(').replace(/[〕\]】]/g, ')');
}

export function checkCase(input: string): CaseCheck {
  const text = normaliseCase(input);
  const year = /^\(?(\d{4})\)?/.exec(text);
  if (!year) return { state: /^\(?\d{0,3}$/.test(text) ? 'unfinished' : 'wrong', at: 'year' };
  let rest = text.slice(year[0].length);

  const court = new RegExp(`^(最高法|[${provinces}]\\d{0,4})`).exec(rest);
  if (!court) return { state: rest === '' || '最高法'.startsWith(rest) ? 'unfinished' : 'wrong', at: 'court' };
  rest = rest.slice(court[0].length);

  const type = /^([\u4e00-\u9fa5]{1,4})(?=\d|$)/.exec(rest);
  if (!type || type[1] === '号') return { state: rest === '' ? 'unfinished' : 'wrong', at: 'type' };
  rest = rest.slice(type[0].length);

  const number = /^([1-9]\d*)/.exec(rest);
  if (!number) return { state: rest === '' ? 'unfinished' : 'wrong', at: 'number' };
  rest = rest.slice(number[0].length);

  const end = /^号(之[一二三四五六七八九十]+)?$/.exec(rest);
  if (!end) return { state: rest === '' ? 'unfinished' : 'wrong', at: 'end' };
  const value = { year: Number(year[1]), court: court[1] ?? '', type: type[1] ?? '', number: Number(number[1]) };
  return { state: 'good', value: { ...value, text: `（${value.year}）${value.court}${value.type}${value.number}号${end[1] ?? ''}` } };
}
