import { equal, hex, type Bytes } from './bytes';
import { verifyCheckpoint } from './checkpoint';
import { checkChains } from './chains';
import { crc32 } from './crc32';
import { isKnown, mayState } from './kinds';
import { parseManifest } from './manifest';
import { anchorName, documents, governanceName, manifestName, receiptName, statementName, type FileKind } from './names';
import type { Examination } from './Examination';
import { indexOf, readmeOf } from './packIndex';
import { receiptLengthMax, verifyReceipt } from './receipt';
import { isSameCourt, parseRoster } from './roster';
import { Sha256, sha256 } from './sha256';
import { parseStatement, statementLengthMax, verifyStatement } from './statement';
import { Trust } from './trust';
import type { Key } from './cose';
import { clipOrder, Vouching } from './vouching';
import { readZip } from './zip';

/** What a step says: null when it passed, why it did not, or the number with it where a step has several; or that there was nothing to check. */
export type StepAnswer = null | typeof skipped | string | { readonly verdict: number; readonly detail: string };
export const skipped = Symbol('skipped');

const packLengthMax = 2 ** 31 - 1;
const filesMax = 20_000;
const lengthMax: Record<FileKind, number> = { document: 16 << 20, statement: statementLengthMax, receipt: receiptLengthMax, original: packLengthMax };
const altered: Record<FileKind, number> = { statement: 50, receipt: 51, original: 52, document: 53 };
const readLength = 4 << 20;

/** 1: the container has the form of section 1. */
export async function container(pack: Examination): Promise<StepAnswer> {
  const files = await readZip(pack.source);
  if (!files) return 'not a zip in the one form of a pack';
  for (const file of files) pack.files.set(file.name.text, file);
  return null;
}

/** 2: number and size of files. */
export async function limits({ source, files }: Examination): Promise<StepAnswer> {
  if (source.length > packLengthMax) return `${source.length} bytes`;
  if (files.size > filesMax) return `${files.size} files`;
  const long = [...files.values()].find((file) => file.size > lengthMax[file.name.kind]);
  return long ? `${long.name.text} has ${long.size} bytes` : null;
}

/** 3: the manifest. */
export async function manifest(pack: Examination): Promise<StepAnswer> {
  if (!pack.files.has(manifestName)) return 'there is none';
  const parsed = parseManifest(await pack.read(manifestName));
  if (parsed.refusal) return parsed.refusal.detail;
  pack.manifest = parsed.value;
  return null;
}

/** 4: manifest and zip name the same files, and those that must be there. */
export async function completeness({ files, manifest }: Examination): Promise<StepAnswer> {
  const named = new Set(manifest.files.map((file) => file.name.text)).add(manifestName);
  const differing = [...named].find((name) => !files.has(name)) ?? [...files.keys()].find((name) => !named.has(name));
  if (differing !== undefined) return differing;
  const wanted = new Set<string>([...documents, ...manifest.statements.flatMap(({ hash }) => [statementName(hash), receiptName(hash)])]);
  if (wanted.size !== documents.length + 2 * manifest.statements.length) return 'a statement is listed twice';
  const missing = [...wanted].find((name) => !files.has(name));
  const allowed = new Set<string>([...wanted, governanceName, anchorName]);
  const stray = [...files.values()].find((file) => file.name.kind !== 'original' && !allowed.has(file.name.text))?.name.text;
  return missing ?? stray ?? null;
}

/** 5: size, SHA-256 and CRC of every file; the parts of clips are hashed on the way. */
export async function contents(pack: Examination): Promise<StepAnswer> {
  const total = pack.source.length;
  for (const listed of pack.manifest.files) {
    const file = pack.file(listed.name.text);
    const refusal = { verdict: altered[listed.name.kind], detail: listed.name.text };
    if (BigInt(file.size) !== listed.size) return refusal;
    const [whole, parts, crc] = await hashFile(pack, file.offset, file.size, listed.parts ?? []);
    if (whole !== listed.sha256 || crc !== file.crc) return refusal;
    pack.partHashes.set(listed.name.text, parts);
    pack.progress(file.offset + file.size, total);
  }
  const manifestCrc = crc32(0, await pack.read(manifestName));
  return manifestCrc === pack.file(manifestName).crc ? null : { verdict: altered.document, detail: manifestName };
}

/** One pass over a file of any size in bounded memory. */
async function hashFile(pack: Examination, offset: number, size: number, parts: readonly number[]): Promise<[whole: string, parts: string[], crc: number]> {
  const whole = new Sha256();
  const hashes: string[] = [];
  let [crc, at] = [0, 0];
  for (const length of parts.length > 0 ? parts : [size]) {
    const part = new Sha256();
    for (const end = at + length; at < end;) {
      const bytes = await pack.source.read(offset + at, Math.min(readLength, end - at));
      if (bytes.length === 0) throw new Error('the file became shorter while it was read');
      if (parts.length > 0) part.update(bytes);
      whole.update(bytes);
      crc = crc32(crc, bytes);
      at += bytes.length;
      if (size > readLength) pack.progress(offset + at, pack.source.length);
    }
    if (parts.length > 0) hashes.push(hex(part.digest()));
  }
  return [hex(whole.digest()), hashes, crc];
}

/** 6: the roster inside is one genuine genesis of the manifest's log. */
export async function roster(pack: Examination): Promise<StepAnswer> {
  const parsed = await parseRoster(await pack.read('roster.cbor'));
  if (parsed.refusal) return parsed.refusal.detail;
  const [genesis, ...others] = parsed.value;
  if (!genesis || others.length > 0 || genesis.origin !== pack.manifest.origin) return 'not the one court of this log';
  pack.genesis = genesis;
  return null;
}

/** 7: that genesis is in the pinned roster. */
export async function pinned(pack: Examination): Promise<StepAnswer> {
  if (pack.pinned === null) {
    pack.find(1, pack.genesis.fingerprint);
    return skipped;
  }
  return pack.pinned.some((court) => isSameCourt(court, pack.genesis)) ? null : 'your roster does not have this court';
}

/** 8: the checkpoint. */
export async function checkpoint(pack: Examination): Promise<StepAnswer> {
  const { origin, logKey } = pack.genesis;
  const judged = await verifyCheckpoint(await pack.read('checkpoint.txt'), origin, [{ name: origin, key: logKey }]);
  if (judged.refusal) return judged.refusal.detail;
  pack.checkpoint = judged.value;
  return null;
}

/** 9: every statement has the form. */
export async function statements(pack: Examination): Promise<StepAnswer> {
  for (const { hash, index } of pack.manifest.statements) {
    const parsed = parseStatement((await pack.read(statementName(hash))).slice());
    if (parsed.refusal) return `${hash}: ${parsed.refusal.detail}`;
    pack.statements.push({ index, statement: parsed.value });
  }
  return null;
}

/** 10: every receipt. */
export async function receipts(pack: Examination): Promise<StepAnswer> {
  const { origin, logKey } = pack.genesis;
  const start = performance.now();
  for (const [at, { statement }] of pack.statements.entries()) {
    const judged = await verifyReceipt(await pack.read(receiptName(statement.hash)), statement.bytes, origin, logKey);
    if (judged.refusal) return `${statement.hash}: ${judged.refusal.detail}`;
    pack.receipts.push(judged.value);
    pack.progress(at + 1, pack.statements.length);
  }
  pack.receiptMs = (performance.now() - start) / pack.statements.length;
  return null;
}

/** 11: one tree, the listed indices, the genesis first. */
export async function log({ receipts: all, statements: listed, checkpoint: head, genesis }: Examination): Promise<StepAnswer> {
  const wrong = listed.find(({ index }, i) => all[i]!.size !== head.size || !equal(all[i]!.root, head.root) || all[i]!.index !== index);
  if (wrong) return wrong.statement.hash;
  return listed.some(({ index, statement }) => index === 0n && statement.hash === genesis.statement.hash) ? null : 'the genesis is not entry 0';
}

/** 12: the court vouches for every signing key. */
export async function keys(pack: Examination): Promise<StepAnswer> {
  const trust = new Trust(pack.genesis);
  for (const { statement } of pack.statements) {
    const key = trust.keyOf(statement);
    if (!key) return `${statement.hash} of ${statement.issuer}`;
    pack.keys.push(key);
    await trust.follow(statement);
  }
  return null;
}

/** 13: every signature. */
export async function signatures({ statements: all, keys: trusted, progress }: Examination): Promise<StepAnswer> {
  for (const [i, { statement }] of all.entries()) {
    const refusal = await verifyStatement(statement, trusted[i] as Key);
    if (refusal) return `${statement.hash}: ${refusal.detail}`;
    progress(i + 1, all.length);
  }
  return null;
}

/** 14: every kind is stated by whom it belongs to. */
export async function issuers(pack: Examination): Promise<StepAnswer> {
  const wrong = pack.all.find((statement) => !mayState(statement.issuer, statement.kind));
  if (wrong) return `${wrong.kind} by ${wrong.issuer}`;
  const unknown = new Set(pack.all.filter((statement) => !isKnown(statement.kind)).map((statement) => statement.kind));
  if (unknown.size > 0) pack.find(6, [...unknown].join(', '));
  return null;
}

/** 15: the chains of the devices. */
export async function chains(pack: Examination): Promise<StepAnswer> {
  const found = checkChains(pack.all);
  if (found.gap) pack.find(2, found.gap);
  if (found.clockBack) pack.find(3, found.clockBack);
  return found.broken;
}

/** The hashes by which an original is vouched for: those of its parts, or its own. */
const hashesOf = (pack: Examination, name: string): readonly string[] => {
  const parts = pack.partHashes.get(name) ?? [];
  return parts.length > 0 ? parts : [pack.file(name).name.hash];
};

/** 16: a statement vouches for every original and part. */
export async function originals(pack: Examination): Promise<StepAnswer> {
  pack.vouching = new Vouching(pack.all);
  const names = pack.originals.map((file) => file.name.text);
  const unknown = names.find((name) => hashesOf(pack, name).some((hash) => !pack.vouching.has(hash)));
  if (unknown !== undefined) return unknown;
  const here = new Set(names.flatMap((name) => [...hashesOf(pack, name)]));
  const away = [...pack.vouching.vouchedFor].filter((hash) => !here.has(hash));
  if (away.length > 0) pack.find(4, String(away.length));
  return null;
}

/** 17: the parts of clips are in order. */
export async function clips(pack: Examination): Promise<StepAnswer> {
  for (const { name, parts } of pack.originals) {
    if (!parts) continue;
    const order = clipOrder(pack.vouching, hashesOf(pack, name.text));
    if (order === 'broken') return name.text;
    if (order === 'gap') pack.find(5, name.text);
  }
  return null;
}

/** 18: the manifest names who vouches. */
export async function vouchers(pack: Examination): Promise<StepAnswer> {
  return pack.originals.find(({ name, by }) => pack.vouching.for(hashesOf(pack, name.text)).join() !== by?.join())?.name.text ?? null;
}

/** 19: index and README are what the rest makes them. */
export async function index(pack: Examination): Promise<StepAnswer> {
  const content = { genesis: pack.genesis, checkpoint: pack.checkpoint, statements: pack.statements, originals: pack.originals };
  const same = async (name: string, bytes: Bytes): Promise<boolean> => equal(sha256(await pack.read(name)), sha256(bytes));
  if (!await same('index.html', indexOf(content))) return 'index.html';
  return await same('README.txt', readmeOf(content)) ? null : 'README.txt';
}

