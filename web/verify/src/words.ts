import { findings, steps, verdicts } from './verdictWords';

export type Language = 'zh' | 'en';
export type Pair = readonly [zh: string, en: string];

/** [Chinese, English] in pairs, so that neither can be forgotten. */
export const words = {
  title: ['电子封条证据核验', 'Check an evidence pack'],
  intro: ['检查电子封条证据包是否真实、完整。全部在本机计算，不上传任何内容，也不需要网络。',
    'Checks whether an evidence pack of an electronic seal is genuine and whole. Everything is computed here; nothing is sent, no network is needed.'],
  other: ['English', '中文'],
  choosePack: ['选择证据包（.zip），或拖到本页', 'Choose an evidence pack (.zip), or drop it on this page'],
  chooseRoster: ['法院名册（可选，可多选）：您从各法院取得的文件', 'Rosters (optional, one or more): the files you got from the courts'],
  rosterGiven: ['已载入名册：{courts}', 'Roster loaded: {courts}'],
  rosterBroken: ['这个名册文件无效，已忽略。', 'This roster file is not valid and was ignored.'],
  dropRoster: ['不使用名册', 'Use no roster'],
  working: ['正在核验第 {step} 步：{what}', 'Step {step}: {what}'],
  failed: ['无法读取文件：{why}', 'The file cannot be read: {why}'],
  noCrypto: ['浏览器在此地址不提供加密功能。请把本页保存到电脑，再从电脑打开。',
    'The browser offers no cryptography at this address. Save this page and open it from your disk.'],
  valid: ['有效：证据包真实、完整', 'Valid: the pack is genuine and whole'],
  selfDeclared: ['内部一致，但法院身份未经核实', 'Consistent in itself; which court it is from is not confirmed'],
  selfDeclaredHow: ['请与法院电话核对以下指纹。一致，才是该法院的记录：', 'Compare this fingerprint with the court by telephone. Only if it is the same is this the court’s record:'],
  refused: ['不可信：{why}', 'Refused: {why}'],
  verdictLine: ['结论编号 {verdict}（第 {step} 步）', 'Verdict {verdict} (step {step})'],
  court: ['法院', 'Court'],
  log: ['日志', 'Log'],
  entries: ['日志条目数', 'Entries in the log'],
  fingerprint: ['法院指纹', 'Fingerprint of the court'],
  contents: ['内容', 'Contents'],
  counts: ['{statements} 条记录，{originals} 个原件', '{statements} statements, {originals} originals'],
  file: ['文件', 'File'],
  findings: ['须知', 'What you must know'],
  steps: ['核验步骤', 'The steps'],
  step: ['步骤', 'Step'],
  check: ['检查内容', 'Check'],
  result: ['结果', 'Result'],
  passed: ['通过', 'passed'],
  skipped: ['未检查', 'skipped'],
  stopped: ['不通过', 'refused'],
  open: ['未到达', 'not reached'],
  courts: ['各法院的证言', 'What the courts say'],
  final: ['终局：{courts} 家法院中 {heard} 家为前 {size} 条记录作证（须 {needed} 家），时间 {time}（北京时间，各法院时钟的中位数）。',
    'Final: {heard} of {courts} courts vouch for {size} entries ({needed} needed), at {time} (Beijing; median of their clocks).'],
  anchored: ['锚定：前 {size} 条记录在 {identity} 的第 {number} 块，散列 {hash}，查询依据 {reference}。',
    'Anchored: the first {size} entries, in block {number} of {identity}, hash {hash}, looked up by {reference}.'],
  vouches: ['作证', 'vouches'],
  silent: ['未作证', 'does not vouch'],
  standing: ['身份', 'Which court it is'],
  known: ['您的名册确认', 'confirmed by your roster'],
  unproven: ['在您的名册中，但未自己同意这份名单', 'in your roster, but it did not itself agree to these courts'],
  packOnly: ['只由证据包声明', 'named by the pack only'],
  statements: ['记录', 'Statements'],
  index: ['序号', 'Index'],
  time: ['时间（北京时间）', 'Time (Beijing)'],
  what: ['内容', 'What'],
  who: ['签名者', 'Signed by'],
  about: ['对象', 'About'],
  order: ['时间是签名者自己的时钟；先后以序号为准。', 'Times are the clock of whoever signed; the order is that of the index.'],
  originals: ['原件', 'Originals'],
  picture: ['现场照片 {n}', 'Picture {n}'],
  clip: ['录像 {n}', 'Video {n}'],
  saveFile: ['保存 {name}', 'Save {name}'],
  tooLarge: ['{name}：文件过大，请解压后查看', '{name}: too large to show here; unpack the zip'],
  more: ['再显示 {n} 项', 'Show {n} more'],
  limits: ['证据包不能证明没有遗漏：不在包内的记录，包括吊销，只能向法院的日志查询。',
    'A pack cannot show that nothing was left out. A statement that is not in it, a revocation too, is found only by asking the log.'],
  offline: ['如何离线使用', 'Use it offline'],
  offlineHow: ['用浏览器的“另存为”把本页存成一个文件（网页，仅 HTML），断网后直接打开即可。任何人都可以把它转交给别人。',
    'Save this page with your browser’s “Save as” (web page, HTML only) and open the file with no network. You may pass it on to anybody.'],
  independent: ['本页按公开的格式说明独立编写，不使用法院服务器的程序。', 'This page was written from the published formats alone and shares no code with the court’s server.'],
  speed: ['本次核验 {signatures} 个签名，用时 {ms} 毫秒；核验一张回执约 {receipt} 毫秒。', 'Checked {signatures} signatures in {ms} ms; one receipt took {receipt} ms.'],
} as const satisfies Record<string, Pair>;

export type Word = keyof typeof words;

const pick = (language: Language, [zh, en]: Pair): string => (language === 'zh' ? zh : en);

export function say(language: Language, word: Word, values: Record<string, string | number> = {}): string {
  return pick(language, words[word]).replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

export const stepText = (language: Language, step: number): string => pick(language, steps[step] ?? ['', '']);
export const verdictText = (language: Language, verdict: number): string => pick(language, verdicts[verdict] ?? ['', '']);

export function findingText(language: Language, finding: number, about: string): string {
  return pick(language, findings[finding] ?? ['{about}', '{about}']).replace('{about}', () => about);
}

/** The browser's first language that we speak, else Chinese. */
export function browserLanguage(tags: readonly string[]): Language {
  const first = tags.find((tag) => /^(zh|en)\b/i.test(tag));
  return first && /^en/i.test(first) ? 'en' : 'zh';
}
