import { concat, equal, toBase64, utf8, type Bytes } from './bytes';
import { isArray, isBytes, isMapOf, tryDecode, type Cbor } from './cbor';
import type { Checkpoint } from './checkpoint';
import { isConsistent } from './merkle';
import { sha256 } from './sha256';

/** A block of an anchor chain that holds a checkpoint, and the last one that is known after it (anchor.md, section 6). */
export interface Anchor {
  readonly identity: string;
  readonly reference: string;
  readonly chain: Bytes;
  /** How many entries of the log are anchored. */
  readonly size: bigint;
  readonly number: bigint;
  readonly hash: Bytes;
  readonly lastNumber: bigint;
  readonly lastHash: Bytes;
}

interface Earlier { readonly size: bigint; readonly root: Bytes; readonly path: readonly Bytes[] }

const keys = ['version', 'identity', 'reference', 'number', 'before', 'records'];
const [recordLength, recordsMax, textMax, numberMax] = [72, 10_000, 300, 2n ** 62n];

/** The anchor of a checkpoint, or why the file is none. */
export function readAnchor(bytes: Bytes, checkpoint: Checkpoint): Anchor | string {
  const map = tryDecode(bytes);
  if (!isMapOf(map, [...keys, 'earlier']) || !keys.every((key) => map.get(key) !== undefined) || map.get('version') !== 1n) return 'not an excerpt of version 1';
  const [identity, reference, number, before] = [map.get('identity'), map.get('reference'), map.get('number'), map.get('before')];
  if (!isText(identity) || identity === '' || !isText(reference)) return 'identity or reference';
  if (typeof number !== 'bigint' || number < 1n || number > numberMax || !isBytes(before, 32)) return 'the number of the block';
  const records = map.get('records');
  if (!isArray(records) || records.length < 1 || records.length > recordsMax || !records.every(isRecord)) return 'a record';
  const chain = sha256(utf8(`cinnabar anchor segment\n${identity}`));
  if (number === 1n && !equal(before, chain)) return 'block 1 does not begin its chain';
  const earlier = map.get('earlier') === undefined ? null : earlierOf(map.get('earlier')!);
  if (earlier === undefined || !holds(records[0]!, checkpoint, earlier)) return 'it holds another checkpoint';
  const hash = sha256(before, records[0]!);
  const lastHash = records.slice(1).reduce((last, record) => sha256(last, record), hash);
  return { identity, reference, chain, size: sizeIn(records[0]!), number, hash, lastNumber: number + BigInt(records.length - 1), lastHash };
}

// eslint-disable-next-line no-control-regex
const isText = (value: Cbor | undefined): value is string => typeof value === 'string' && value.length <= textMax && !/[\u0000-\u001f\u007f-\u009f]/.test(value);
const sizeIn = (record: Bytes): bigint => new DataView(record.buffer, record.byteOffset).getBigUint64(32);
const isRecord = (value: Cbor): value is Bytes => isBytes(value, recordLength) && sizeIn(value) >= 1n && sizeIn(value) <= numberMax;

/** Undefined when it has another shape. */
function earlierOf(value: Cbor): Earlier | undefined {
  if (!isArray(value) || value.length !== 3) return undefined;
  const [size, root, path] = value;
  if (typeof size !== 'bigint' || size < 1n || !isBytes(root, 32) || !isArray(path)) return undefined;
  return path.every((one): one is Bytes => isBytes(one, 32)) ? { size, root, path } : undefined;
}

function holds(record: Bytes, checkpoint: Checkpoint, earlier: Earlier | null): boolean {
  const { origin, size, root } = earlier ? { ...earlier, origin: checkpoint.origin } : checkpoint;
  const note = utf8(`${origin}\n${size}\n${toBase64(root)}\n`);
  if (!equal(record, concat(sha256(utf8(origin)), bigEndian(size), sha256(note)))) return false;
  return !earlier || isConsistent(earlier.size, earlier.root, checkpoint.size, checkpoint.root, earlier.path);
}

function bigEndian(value: bigint): Bytes {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, value);
  return bytes;
}
