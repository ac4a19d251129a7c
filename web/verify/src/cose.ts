import { concat, hex, utf8, type Bytes } from './bytes';
import { CborReader, CborRefused, decode, isBytes, isMap, isMapOf, type Cbor, type CborMap } from './cbor';
import { sha256 } from './sha256';

/** A COSE_Sign1 (RFC 9052, 4.2) with tag 18, taken apart and not yet believed. */
export interface Sign1 {
  readonly protectedBytes: Bytes;
  readonly header: CborMap;
  readonly unprotected: CborMap;
  readonly payload: Bytes | null;
  readonly signature: Bytes;
}

/** @throws CborRefused when it is outside the subset or has another shape. */
export function parseSign1(bytes: Bytes): Sign1 {
  const reader = new CborReader(bytes);
  reader.tag18();
  reader.array(4, 4);
  const [protectedBytes, unprotected, payload, signature] = [reader.item(1), reader.item(1), reader.item(1), reader.item(1)];
  reader.end();
  if (!isBytes(protectedBytes) || !isMap(unprotected) || !(payload === null || isBytes(payload)) || !isBytes(signature)) throw new CborRefused(13, 0);
  const header = decode(protectedBytes);
  if (!isMap(header)) throw new CborRefused(13, 0);
  return { protectedBytes, header, unprotected, payload, signature };
}

/** The same, or null. */
export function trySign1(bytes: Bytes): Sign1 | null {
  try {
    return parseSign1(bytes);
  } catch (error) {
    if (error instanceof CborRefused) return null;
    throw error;
  }
}

/** A public key on P-256. */
export interface Key {
  readonly x: Bytes;
  readonly y: Bytes;
  /** RFC 9679, in hex. */
  readonly thumbprint: string;
  readonly webCrypto: CryptoKey;
}

const [coordinateX, coordinateY] = [Uint8Array.of(0x21, 0x58, 0x20), Uint8Array.of(0x22, 0x58, 0x20)];
const es256 = { name: 'ECDSA', hash: 'SHA-256' } as const;

/** The key of a COSE_Key (RFC 9053, 7.1.1): kty EC2, curve P-256, x and y, and nothing else; null when it is none, or no point of the curve. */
export async function importKey(value: Cbor | undefined): Promise<Key | null> {
  if (!isMapOf(value, [1n, -1n, -2n, -3n]) || value.get(1n) !== 2n || value.get(-1n) !== 1n) return null;
  const [x, y] = [value.get(-2n), value.get(-3n)];
  if (!isBytes(x, 32) || !isBytes(y, 32)) return null;
  const encoded = concat(Uint8Array.of(0xa4, 1, 2, 0x20, 1), coordinateX, x, coordinateY, y);
  try {
    const raw = concat(Uint8Array.of(4), x, y);
    const webCrypto = await crypto.subtle.importKey('raw', raw, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
    return { x, y, thumbprint: hex(sha256(encoded)), webCrypto };
  } catch {
    return null;
  }
}

/** SubjectPublicKeyInfo of a P-256 key up to x and y. */
const spkiPrefix = Uint8Array.of(
  0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0, 4);

/** The key in DER, as key ids and names of keys are made from. */
export const spkiOf = (key: Key): Bytes => concat(spkiPrefix, key.x, key.y);

/** Half the order of P-256, rounded down. */
const halfOrder = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n / 2n;

/** r ‖ s in 64 bytes with s ≤ n/2: of the two valid values of s only the lower is ours (statement.md, 4). */
export const isLowS = (signature: Bytes): boolean => signature.length === 64 && BigInt('0x' + hex(signature.subarray(32))) <= halfOrder;

/** How many signatures were checked and how long that took; the page shows it. */
export const signatureClock = { count: 0, milliseconds: 0 };

/** Checks a signature and takes the time of it. */
export async function clocked(check: () => Promise<boolean>): Promise<boolean> {
  const start = performance.now();
  const valid = await check();
  signatureClock.count++;
  signatureClock.milliseconds += performance.now() - start;
  return valid;
}

/** ES256 over bytes; the signature is r ‖ s (IEEE P1363). */
export const verifyEs256 = (key: Key, signature: Bytes, signed: Bytes): Promise<boolean> =>
  clocked(() => crypto.subtle.verify(es256, key.webCrypto, signature, signed));

/** ES256 over the Sig_structure ["Signature1", protected, h'', payload] (RFC 9052, 4.4). */
export function verifySign1(key: Key, sign1: Pick<Sign1, 'protectedBytes' | 'signature'>, payload: Bytes): Promise<boolean> {
  const structure = concat(
    Uint8Array.of(0x84), tstr('Signature1'), bstr(sign1.protectedBytes), bstr(new Uint8Array(0)), bstr(payload));
  return verifyEs256(key, sign1.signature, structure);
}

/** A byte string and a text in CBOR. */
export const bstr = (bytes: Bytes): Bytes => concat(head(0x40, bytes.length), bytes);
export const tstr = (text: string): Bytes => concat(head(0x60, utf8(text).length), utf8(text));

function head(major: number, n: number): Bytes {
  if (n < 24) return Uint8Array.of(major | n);
  if (n < 0x100) return Uint8Array.of(major | 24, n);
  if (n < 0x10000) return Uint8Array.of(major | 25, n >> 8, n & 255);
  return Uint8Array.of(major | 26, n >>> 24, (n >> 16) & 255, (n >> 8) & 255, n & 255);
}
