import type { Bytes } from './bytes';
import { sha256 } from './sha256';

/** The tree of RFC 9162 as checkpoint.md, section 2, has it. */
const [leafPrefix, nodePrefix] = [Uint8Array.of(0), Uint8Array.of(1)];

export const leafHash = (entry: Bytes): Bytes => sha256(leafPrefix, entry);
export const nodeHash = (left: Bytes, right: Bytes): Bytes => sha256(nodePrefix, left, right);

/** How many hashes the inclusion path of a leaf has: as many as there are steps to the root. */
export function pathLength(index: bigint, size: bigint): number {
  let [node, last, length] = [index, size - 1n, 0];
  for (; last > 0n; node >>= 1n, last >>= 1n) {
    // The last node of a level without a sibling goes up as it is.
    if (node !== last || node % 2n === 1n) length++;
  }
  return length;
}

/** RFC 9162, 2.1.3.2: the root to which leaf and path lead; null when the path has not exactly the length that both demand. */
export function rootOf(leaf: Bytes, index: bigint, size: bigint, path: readonly Bytes[]): Bytes | null {
  if (index < 0n || index >= size || path.length !== pathLength(index, size)) return null;
  let [node, last, hash] = [index, size - 1n, leaf];
  for (const sibling of path) {
    if (node % 2n === 1n || node === last) {
      hash = nodeHash(sibling, hash);
      while (node % 2n === 0n && node !== 0n) {
        node >>= 1n;
        last >>= 1n;
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    node >>= 1n;
    last >>= 1n;
  }
  return hash;
}
