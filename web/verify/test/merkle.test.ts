import { expect, it } from 'vitest';
import type { Bytes } from '../src/bytes';
import { isConsistent, leafHash, nodeHash } from '../src/merkle';

const leaves = Array.from({ length: 33 }, (_, i) => leafHash(Uint8Array.of(i)));
const split = (n: number): number => 2 ** Math.floor(Math.log2(n - 1));

/** RFC 9162, 2.1.1, as it is defined. */
function rootOf(of: readonly Bytes[]): Bytes {
  return of.length === 1 ? of[0]! : nodeHash(rootOf(of.slice(0, split(of.length))), rootOf(of.slice(split(of.length))));
}

/** RFC 9162, 2.1.4.1, as it is defined. */
function proof(m: number, of: readonly Bytes[], whole = true): Bytes[] {
  if (m === of.length) return whole ? [] : [rootOf(of)];
  const k = split(of.length);
  return m <= k
    ? [...proof(m, of.slice(0, k), whole), rootOf(of.slice(k))]
    : [...proof(m - k, of.slice(k), false), rootOf(of.slice(0, k))];
}

it('every honest consistency proof holds, and none with a hash altered, left out or added', () => {
  for (let size = 2; size <= leaves.length; size++) {
    for (let old = 1; old < size; old++) {
      const [older, newer, path] = [rootOf(leaves.slice(0, old)), rootOf(leaves.slice(0, size)), proof(old, leaves.slice(0, size))];
      const holds = (one: readonly Bytes[]): boolean => isConsistent(BigInt(old), older, BigInt(size), newer, one);
      expect(holds(path)).toBe(true);
      path.forEach((_, i) => expect(holds(path.map((one, at) => (at === i ? leaves[0]! : one)))).toBe(path[i] === leaves[0]));
      expect(holds(path.slice(1)) || holds(path.slice(0, -1)) || holds([...path, leaves[0]!])).toBe(false);
    }
  }
});

it('an empty, an equal and a larger older tree are refused', () => {
  const root = rootOf(leaves.slice(0, 4));
  for (const old of [0n, 4n, 5n]) expect(isConsistent(old, root, 4n, root, [])).toBe(false);
});
