import { concat, equal, hex, type Bytes } from './bytes';

/**
 * Ed25519 (RFC 8032). The browser's own where it has it; else the arithmetic below, because a court's machine may run a browser
 * of some years ago, and the answer must not depend on that.
 */
export async function verifyEd25519(publicKey: Bytes, signature: Bytes, signed: Bytes): Promise<boolean> {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  let key: CryptoKey;
  try {
    key = await crypto.subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify']);
  } catch {
    return verifyByHand(publicKey, signature, signed);
  }
  return crypto.subtle.verify('Ed25519', key, signature, signed);
}

const p = 2n ** 255n - 19n;
const order = 2n ** 252n + 27742317777372353535851937790883648493n;
const d = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;
const rootOfMinusOne = 19681161376707505956807079304988542015446066515923890162744021073123829784752n;

/** Extended coordinates: x = X/Z, y = Y/Z, XY = ZT. Numbers may be negative; only what is compared is brought into range. */
interface Point { readonly x: bigint; readonly y: bigint; readonly z: bigint; readonly t: bigint }

const base = affine(
  15112221349535400772501151409588531511454012693041857206046113283949847762202n,
  46316835694926478169428394003475163141307993866256225615783033603165251855960n);

/** RFC 8032, 5.1.7, without the cofactor: R is what s·B − h·A encodes to. */
export async function verifyByHand(publicKey: Bytes, signature: Bytes, signed: Bytes): Promise<boolean> {
  const [r, s] = [signature.subarray(0, 32), littleEndian(signature.subarray(32))];
  const a = decode(publicKey);
  if (!a || s >= order) return false;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-512', concat(r, publicKey, signed)));
  const minusA = { x: -a.x, y: a.y, z: a.z, t: -a.t };
  return equal(encode(both(s, base, littleEndian(digest) % order, minusA)), r);
}

/** a·P + b·Q in one pass over the bits of both. */
function both(a: bigint, pointA: Point, b: bigint, pointB: Point): Point {
  const sum = add(pointA, pointB);
  const [bitsA, bitsB] = [a.toString(2).padStart(253, '0'), b.toString(2).padStart(253, '0')];
  let result = affine(0n, 1n);
  for (let i = 0; i < 253; i++) {
    result = double(result);
    if (bitsA[i] === '1') result = add(result, bitsB[i] === '1' ? sum : pointA);
    else if (bitsB[i] === '1') result = add(result, pointB);
  }
  return result;
}

/** RFC 8032, 5.1.4. */
function add(one: Point, other: Point): Point {
  const a = ((one.y - one.x) * (other.y - other.x)) % p;
  const b = ((one.y + one.x) * (other.y + other.x)) % p;
  const c = (((2n * d * one.t) % p) * other.t) % p;
  const z = (2n * one.z * other.z) % p;
  return product(b - a, z - c, z + c, b + a);
}

function double({ x, y, z }: Point): Point {
  const [a, b] = [(x * x) % p, (y * y) % p];
  const h = a + b;
  const e = h - (((x + y) * (x + y)) % p);
  const g = a - b;
  return product(e, ((2n * z * z) % p) + g, g, h);
}

const product = (e: bigint, f: bigint, g: bigint, h: bigint): Point => ({ x: (e * f) % p, y: (g * h) % p, z: (f * g) % p, t: (e * h) % p });

function affine(x: bigint, y: bigint): Point {
  return { x, y, z: 1n, t: (x * y) % p };
}

const mod = (value: bigint): bigint => ((value % p) + p) % p;

function power(value: bigint, exponent: bigint): bigint {
  let [result, square] = [1n, mod(value)];
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % p;
    square = (square * square) % p;
  }
  return result;
}

/** RFC 8032, 5.1.3: y, and the lowest bit of x above it. */
function decode(bytes: Bytes): Point | null {
  const number = littleEndian(bytes);
  const [y, sign] = [number & (2n ** 255n - 1n), number >> 255n];
  if (y >= p) return null;
  const [u, v] = [mod(y * y - 1n), mod(d * y * y + 1n)];
  let x = mod(u * power(v, 3n) * power(u * power(v, 7n), (p - 5n) / 8n));
  const square = mod(v * x * x);
  if (square !== u && square !== mod(-u)) return null;
  if (square !== u) x = mod(x * rootOfMinusOne);
  if (x === 0n && sign === 1n) return null;
  return affine((x & 1n) === sign ? x : p - x, y);
}

function encode({ x, y, z }: Point): Bytes {
  const inverse = power(z, p - 2n);
  const digits = (mod(y * inverse) | ((mod(x * inverse) & 1n) << 255n)).toString(16).padStart(64, '0');
  return Uint8Array.from({ length: 32 }, (_, i) => parseInt(digits.slice(62 - 2 * i, 64 - 2 * i), 16));
}

const littleEndian = (bytes: Bytes): bigint => BigInt('0x' + hex(bytes.slice().reverse()));
