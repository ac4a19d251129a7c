import { concat, equal, fromBase64, hex, textOf, toBase64, utf8, type Bytes } from './bytes';
import { spkiOf, verifyEs256, type Key } from './cose';
import { sha256 } from './sha256';
import { accept, refuse, type Judged } from './verdict';

/** The verdicts of checkpoint.md, section 4. */
export const CheckpointVerdict = { TooLong: 10, NotANote: 20, NotACheckpoint: 30, WrongOrigin: 40, SignatureInvalid: 50, SignatureMissing: 60 } as const;

/** What a log says of itself. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: bigint;
  readonly root: Bytes;
}

/** A key and the name under which it signs notes. */
export interface NoteKey {
  readonly name: string;
  readonly key: Key;
}

export interface Note {
  readonly text: string;
  readonly lines: readonly NoteLine[];
}

/** One signature under a note; the key id is in hex. */
export interface NoteLine {
  readonly name: string;
  readonly keyId: string;
  readonly signature: Bytes;
}

export const checkpointLengthMax = 65_536;
const linesMax = 256;
const sizeMax = 2n ** 62n;

/** Checks the signed head of a log, in the six steps of checkpoint.md. */
export async function verifyCheckpoint(bytes: Bytes, origin: string, keys: readonly NoteKey[]): Promise<Judged<Checkpoint>> {
  // 1. Length.
  if (bytes.length > checkpointLengthMax) return refuse(CheckpointVerdict.TooLong, `${bytes.length} bytes`);
  // 2. A signed note.
  const note = parseNote(bytes);
  if (!note) return refuse(CheckpointVerdict.NotANote, 'not a signed note');
  // 3. Origin, size, root.
  const checkpoint = parseText(note.text);
  if (!checkpoint) return refuse(CheckpointVerdict.NotACheckpoint, 'not origin, size and root');
  // 4. The log that was asked about.
  if (checkpoint.origin !== origin) return refuse(CheckpointVerdict.WrongOrigin, 'of another log');
  // 5. Every line of a known key verifies.
  let signed = 0;
  for (const line of note.lines) {
    const known = keys.find((key) => key.name === line.name && keyId(key.key) === line.keyId);
    if (!known) continue;
    const signature = fromDer(line.signature);
    if (!signature || !await verifyEs256(known.key, signature, utf8(note.text))) return refuse(CheckpointVerdict.SignatureInvalid, 'a signature does not verify');
    signed++;
  }
  // 6. One of them at least.
  return signed > 0 ? accept(checkpoint) : refuse(CheckpointVerdict.SignatureMissing, 'no known key signed');
}

const keyId = (key: Key): string => hex(sha256(spkiOf(key)).subarray(0, 4));

/** A name of a log or key: not empty, no white space, control characters or +. */
// eslint-disable-next-line no-control-regex
export const isOrigin = (text: string): boolean => /^[^\s+\u0000-\u001f\u007f-\u009f]+$/u.test(text);

/** A signed note in its one encoding, or null. */
export function parseNote(bytes: Bytes): Note | null {
  const whole = textOf(bytes);
  const gap = whole?.lastIndexOf('\n\n') ?? -1;
  // eslint-disable-next-line no-control-regex
  if (whole === null || gap < 0 || !whole.endsWith('\n') || /[\u0000-\u0009\u000b-\u001f]/.test(whole)) return null;
  const lines = whole.slice(gap + 2, -1).split('\n').map(parseLine);
  if (lines.length > linesMax || !lines.every((line) => line !== null)) return null;
  const text = whole.slice(0, gap + 1);
  const again = text + '\n' + lines.map((l) => `— ${l.name} ${toBase64(l.raw)}\n`).join('');
  return equal(utf8(again), bytes) ? { text, lines } : null;
}

function parseLine(line: string): { name: string; keyId: string; signature: Bytes; raw: Bytes } | null {
  const [, name, base64] = /^— ([^\s+]+) ([A-Za-z0-9+/=]+)$/u.exec(line) ?? [];
  const raw = base64 === undefined ? null : fromBase64(base64);
  return name !== undefined && raw && raw.length > 4 ? { name, keyId: hex(raw.subarray(0, 4)), signature: raw.subarray(4), raw } : null;
}

function parseText(text: string): Checkpoint | null {
  const [, origin, digits, base64] = /^([^\s+\u0000-\u001f\u007f-\u009f]+)\n(0|[1-9][0-9]{0,18})\n([A-Za-z0-9+/]{43}=)\n$/u.exec(text) ?? [];
  const root = base64 === undefined ? null : fromBase64(base64);
  if (origin === undefined || digits === undefined || !root || BigInt(digits) > sizeMax) return null;
  return { origin, size: BigInt(digits), root };
}

/** Ecdsa-Sig-Value in its shortest form as r ‖ s, or null. */
function fromDer(der: Bytes): Bytes | null {
  if (der[0] !== 0x30 || der[1] !== der.length - 2) return null;
  const r = derInteger(der, 2);
  const s = r && derInteger(der, r.end);
  return s?.end === der.length ? concat(r!.value, s.value) : null;
}

function derInteger(der: Bytes, at: number): { value: Bytes; end: number } | null {
  const length = der[at + 1] ?? 0;
  const [first, second, end] = [der[at + 2] ?? 0, der[at + 3] ?? 0, at + 2 + length];
  if (der[at] !== 2 || length < 1 || length > 33 || end > der.length) return null;
  // Not negative, no leading zero but the one that says so.
  if (first >= 0x80 || (first === 0 && length > 1 && second < 0x80) || (length === 33 && first !== 0)) return null;
  const digits = der.subarray(length === 33 ? at + 3 : at + 2, end);
  return { value: concat(new Uint8Array(32 - digits.length), digits), end };
}
