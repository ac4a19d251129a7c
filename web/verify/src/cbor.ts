import { compare, textOf, type Bytes } from './bytes';

/** docs/formats/cbor.md. Integers are bigint, so that none is rounded; keys are integers or text. */
export type Cbor = bigint | string | boolean | null | Bytes | readonly Cbor[] | CborMap;
export type CborKey = bigint | string;

export class CborMap {
  constructor(readonly entries: readonly (readonly [CborKey, Cbor])[]) {}

  get(key: CborKey): Cbor | undefined {
    return this.entries.find(([k]) => k === key)?.[1];
  }

  get keys(): CborKey[] {
    return this.entries.map(([key]) => key);
  }
}

/** The rules of cbor.md by their numbers. */
export const CborRule = {
  Truncated: 1, TrailingBytes: 2, NotShortest: 3, IndefiniteLength: 4, Reserved: 5, KeyOrder: 6, DuplicateKey: 7, NotUtf8: 8,
  OutsideSubset: 9, TooDeep: 10, IntegerRange: 11, KeyType: 12, UnexpectedType: 13, TooLong: 14,
} as const;

export class CborRefused extends Error {
  constructor(readonly rule: number, readonly offset: number) {
    super(`CBOR rule ${rule} at byte ${offset}`);
  }
}

export const isBytes = (value: Cbor | undefined, length?: number): value is Bytes =>
  value instanceof Uint8Array && (length === undefined || value.length === length);
export const isMap = (value: Cbor | undefined): value is CborMap => value instanceof CborMap;
export const isArray = (value: Cbor | undefined): value is readonly Cbor[] => Array.isArray(value);
/** The value when it is a map with no other keys than these, in any number. */
export const isMapOf = (value: Cbor | undefined, keys: readonly CborKey[]): value is CborMap =>
  isMap(value) && value.keys.every((key) => keys.includes(key));

const depthMax = 16;
const int64Max = 2n ** 63n - 1n;

/** Exactly one item. */
export function decode(bytes: Bytes): Cbor {
  const reader = new CborReader(bytes);
  const value = reader.item();
  reader.end();
  return value;
}

/** The item, or null when the bytes are not in the subset; null itself is never asked for here. */
export function tryDecode(bytes: Bytes): Exclude<Cbor, null> | null {
  try {
    return decode(bytes);
  } catch (error) {
    if (error instanceof CborRefused) return null;
    throw error;
  }
}

interface Head { readonly at: number; readonly major: number; readonly argument: bigint }

/** Reads from the front and refuses the first byte that breaks a rule. */
export class CborReader {
  private at = 0;

  constructor(private readonly bytes: Bytes) {}

  end(): void {
    if (this.at !== this.bytes.length) throw new CborRefused(CborRule.TrailingBytes, this.at);
  }

  /** The tag 18 of a COSE_Sign1. */
  tag18(): void {
    const at = this.at;
    if (this.peek() !== 0xd2) throw new CborRefused(CborRule.UnexpectedType, at);
    this.at++;
  }

  /** The head of an array whose length is one that the format allows. */
  array(least: number, most: number): number {
    const head = this.head();
    if (head.major !== 4) throw new CborRefused(CborRule.UnexpectedType, head.at);
    const count = this.count(head, 1);
    if (count < least || count > most) throw new CborRefused(CborRule.TooLong, head.at);
    return count;
  }

  item(depth = 0): Cbor {
    if (depth > depthMax) throw new CborRefused(CborRule.TooDeep, this.at);
    const head = this.head();
    switch (head.major) {
      case 0: case 1: return this.integer(head);
      case 2: return this.take(head);
      case 3: return this.text(head);
      case 4: return Array.from({ length: this.count(head, 1) }, () => this.item(depth + 1));
      case 5: return this.map(head, depth);
      case 7: return simple(head);
      default: throw new CborRefused(CborRule.OutsideSubset, head.at);
    }
  }

  private map(head: Head, depth: number): CborMap {
    const entries: [CborKey, Cbor][] = [];
    let before: Bytes | null = null;
    for (let left = this.count(head, 2); left > 0; left--) {
      const at = this.at;
      if (![0, 1, 3].includes(this.peek() >> 5)) throw new CborRefused(CborRule.KeyType, at);
      const key = this.item(depth + 1) as CborKey;
      const encoded = this.bytes.subarray(at, this.at);
      const order = before === null ? -1 : compare(before, encoded);
      if (order === 0) throw new CborRefused(CborRule.DuplicateKey, at);
      if (order > 0) throw new CborRefused(CborRule.KeyOrder, at);
      before = encoded;
      entries.push([key, this.item(depth + 1)]);
    }
    return new CborMap(entries);
  }

  private head(): Head {
    const at = this.at;
    const first = this.peek();
    const [major, info] = [first >> 5, first & 31];
    this.at++;
    if (info < 24) return { at, major, argument: BigInt(info) };
    if (info === 31) throw new CborRefused(CborRule.IndefiniteLength, at);
    if (info > 27) throw new CborRefused(CborRule.Reserved, at);
    // Floats and further simple values are outside whatever they hold.
    if (major === 7) throw new CborRefused(CborRule.OutsideSubset, at);
    const width = 1 << (info - 24);
    if (this.at + width > this.bytes.length) throw new CborRefused(CborRule.Truncated, at);
    let argument = 0n;
    for (let i = 0; i < width; i++) argument = (argument << 8n) | BigInt(this.bytes[this.at++]!);
    const least = width === 1 ? 24n : 1n << BigInt(4 * width);
    if (argument < least) throw new CborRefused(CborRule.NotShortest, at);
    return { at, major, argument };
  }

  private integer({ at, major, argument }: Head): bigint {
    if (argument > int64Max) throw new CborRefused(CborRule.IntegerRange, at);
    return major === 0 ? argument : -1n - argument;
  }

  private text(head: Head): string {
    const text = textOf(this.take(head));
    if (text === null) throw new CborRefused(CborRule.NotUtf8, head.at);
    return text;
  }

  private take(head: Head): Bytes {
    const length = this.count(head, 1);
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  /** What is announced must be there: nothing is ever allocated for a promise. */
  private count(head: Head, bytesEach: number): number {
    if (head.argument * BigInt(bytesEach) > BigInt(this.bytes.length - this.at)) throw new CborRefused(CborRule.Truncated, head.at);
    return Number(head.argument);
  }

  private peek(): number {
    const byte = this.bytes[this.at];
    if (byte === undefined) throw new CborRefused(CborRule.Truncated, this.at);
    return byte;
  }
}

function simple({ at, argument }: Head): boolean | null {
  switch (argument) {
    case 20n: return false;
    case 21n: return true;
    case 22n: return null;
    default: throw new CborRefused(CborRule.OutsideSubset, at);
  }
}
