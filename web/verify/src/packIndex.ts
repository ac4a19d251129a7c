import { utf8, hex, type Bytes } from './bytes';
import type { Checkpoint } from './checkpoint';
import { diagnostic, visible } from './diagnostic';
import { kindWords } from './kinds';
import type { ManifestFile } from './manifest';
import { statementName } from './names';
import type { Genesis } from './roster';
import type { Statement } from './statement';

/** What index.html and README.txt of a pack are made from (pack.md, section 3). */
export interface IndexContent {
  readonly genesis: Genesis;
  readonly checkpoint: Checkpoint;
  /** By ascending index in the log. */
  readonly statements: readonly { readonly index: bigint; readonly statement: Statement }[];
  /** The originals by bytewise order of path. */
  readonly originals: readonly ManifestFile[];
}

const keyKinds = ['court.genesis', 'device.enrolled', 'officer.enrolled', 'device.revoked'];
const style = 'body{font:16px/1.5 serif;max-width:60em;margin:2em auto;padding:0 1em}table{border-collapse:collapse;width:100%}'
  + 'td,th{border:1px solid #999;padding:.4em;text-align:left;vertical-align:top}code{font-size:.8em;word-break:break-all}'
  + 'img,video{max-width:100%;max-height:20em;display:block}.en{color:#444}summary{color:#666;font-size:.8em}@media print{video{display:none}}';
const howToCheck = [
  ['不要只相信本页；用核验程序检查整个压缩包：cinnabar verify PACK.zip。不需要网络，也不需要法院的服务器。',
    'Do not believe this page alone: have the whole zip checked with cinnabar verify PACK.zip. That needs no network and no server of the court.'],
  ['向法院电话核对上面的法院指纹，或取得法院公布的名册文件并加上 --roster。',
    'Compare the fingerprint above with the court by telephone, or get the roster the court published and add --roster.'],
  ['核验程序会重新生成本页并逐字比较；任何改动都会被拒绝。', 'The program makes this page again and compares every letter; any change is refused.'],
  ['时间是出具记录的设备自己的时钟；先后顺序以日志序号为准。', "Times are the clock of whoever made the statement; the order is that of the log's index."],
] as const;

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const markup = (text: string): string => text.replace(/[&<>"]/g, (c) => entities[c] ?? c);
const text = (value: string): string => markup(visible(value));
const heading = (zh: string, en: string): string => `<h2>${zh} <span class="en" lang="en">${en}</span></h2>`;
const row = (zh: string, en: string, value: string): string => `<tr><th>${zh} <span class="en">${en}</span></th><td>${value}</td></tr>`;

/** The README.txt that this content has. */
export function readmeOf({ genesis, checkpoint, statements, originals }: IndexContent): Bytes {
  return utf8([
    '电子封条证据包 / Evidence pack of an electronic court seal',
    '',
    `${visible(genesis.court)} / ${visible(genesis.courtEn ?? genesis.court)}`,
    `日志 / Log: ${visible(genesis.origin)}, ${checkpoint.size} 条 / entries`,
    `记录 / Statements: ${statements.length}    原件 / Originals: ${originals.length}`,
    '',
    '1. 解压后用浏览器打开 index.html。 / Unpack, then open index.html in a browser.',
    '2. 核验（无需网络）/ Check, without a network:  cinnabar verify PACK.zip',
    '3. 向法院电话核对指纹，一致才说明是该法院的记录。',
    "   Compare this fingerprint with the court by telephone; only then is it that court's record:",
    '',
    `   ${genesis.fingerprint}`,
    '',
    '格式说明 / Format: docs/formats/pack.md, 版本 / version 1.',
    '',
  ].join('\n'));
}

/** The index.html that this content has. */
export function indexOf(content: IndexContent): Bytes {
  const { statements, originals } = content;
  const shown = originalsByStatement(content);
  const rows = (keys: boolean): string[] => statements
    .filter(({ statement }) => keyKinds.includes(statement.kind) === keys)
    .map(({ index, statement }) => statementRow(index, statement, shown.get(statement.hash) ?? []));
  const columns = '<tr><th>序号 Index</th><th>时间 Time (UTC+8)</th><th>谁 Who</th><th>内容 What</th></tr>';
  return utf8([
    '<!DOCTYPE html>',
    `<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>电子封条证据包 Evidence pack</title><style>${style}</style></head><body>`,
    '<h1>电子封条证据包 <span class="en" lang="en">Evidence pack of an electronic court seal</span></h1>',
    '<table>', ...aboutRows(content), '</table>',
    heading('发生了什么', 'What happened'),
    '<table>', columns, ...rows(false), '</table>',
    heading('如何核验', 'How to check'),
    '<ol>', ...howToCheck.map(([zh, en]) => `<li>${zh} <span class="en" lang="en">${en}</span></li>`), '</ol>',
    heading('原件', 'Originals'),
    '<table>', '<tr><th>文件 File</th><th>字节 Bytes</th><th>由以下记录证明 Vouched for by</th></tr>', ...originals.map(originalRow), '</table>',
    heading('谁的密钥', 'Whose keys'),
    '<table>', columns, ...rows(true), '</table>',
    '</body></html>',
    '',
  ].join('\n'));
}

function aboutRows({ genesis, checkpoint, statements }: IndexContent): string[] {
  const cases = statements.map(({ statement }) => (statement.kind === 'order.issued' ? statement.body.get('case') : undefined)).filter((one) => typeof one === 'string');
  const seals = statements.map(({ statement }) => statement.subject).filter((subject) => subject !== genesis.origin);
  const list = (items: readonly string[]): string => text([...new Set(items)].join(', '));
  return [
    row('法院', 'Court', `${text(genesis.court)} · ${text(genesis.courtEn ?? genesis.court)} (${text(genesis.code)})`),
    row('案号', 'Case', list(cases)),
    row('封条编号', 'Seal', list(seals)),
    row('日志', 'Log', text(genesis.origin)),
    row('日志条目数', 'Entries in the log', String(checkpoint.size)),
    row('日志根', 'Root of the log', `<code>${hex(checkpoint.root)}</code>`),
    row('法院指纹', 'Fingerprint of the court', `<code>${genesis.fingerprint}</code>`),
  ];
}

/** Each original is shown once, with the first statement in the log that vouches for it. */
function originalsByStatement({ statements, originals }: IndexContent): Map<string, ManifestFile[]> {
  const shown = new Map<string, ManifestFile[]>();
  for (const original of originals) {
    const first = statements.find(({ statement }) => original.by?.includes(statement.hash));
    if (first) shown.set(first.statement.hash, [...(shown.get(first.statement.hash) ?? []), original]);
  }
  return shown;
}

function statementRow(index: bigint, statement: Statement, originals: readonly ManifestFile[]): string {
  const { zh, en } = kindWords(statement.kind);
  const name = statementName(statement.hash);
  return `<tr><td>${index}</td><td>${indexTime(statement.timeMs)}</td><td>${text(statement.issuer)}</td>`
    + `<td><b>${text(zh)}</b> <span class="en">${text(en)}</span>${originals.map(show).join('')}`
    + `<details><summary>记录原文 In full</summary>${text(statement.subject)}<br><code>${markup(diagnostic(statement.body))}</code>`
    + `<br><a href="${name}"><code>${statement.hash}</code></a></details></td></tr>`;
}

function show({ name }: ManifestFile): string {
  switch (name.extension) {
    case 'jpg': return `<img src="${name.text}" alt="${name.text}">`;
    case 'mp4': return `<video src="${name.text}" controls></video>`;
    default: return `<br><a href="${name.text}">文书 Document</a>`;
  }
}

const originalRow = ({ name, size, by }: ManifestFile): string =>
  `<tr><td><a href="${name.text}"><code>${name.text}</code></a></td><td>${size}</td><td>${(by ?? []).map((hash) => `<code>${hash}</code>`).join('<br>')}</td></tr>`;

/** The last moment that is written as a date: 9999-01-01 00:00 UTC. */
const dateMax = 253_370_764_800_000n;

/** In Beijing, eight hours ahead of UTC in every year. */
export function indexTime(timeMs: bigint): string {
  return timeMs > dateMax ? `${timeMs} ms` : new Date(Number(timeMs) + 8 * 3_600_000).toISOString().replace('T', ' ').slice(0, -1);
}
