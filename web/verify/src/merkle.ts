import { equal, type Bytes } from './bytes';
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

/** RFC 9162, 2.1.4.2: whether the path leads from the older root to the newer one. The older tree is neither empty nor as large. */
export function isConsistent(oldSize: bigint, oldRoot: Bytes, size: bigint, root: Bytes, path: readonly Bytes[]): boolean {
  if (oldSize < 1n || oldSize >= size) return false;
  // A complete older tree is its own first hash, which the path leaves out.
  const isComplete = (oldSize & (oldSize - 1n)) === 0n;
  const [first, ...rest] = isComplete ? [oldRoot, ...path] : path;
  if (!first) return false;
  let [node, last] = [oldSize - 1n, size - 1n];
  for (; node % 2n === 1n; node >>= 1n) last >>= 1n;
  let [older, newer] = [first, first];
  for (const sibling of rest) {
    if (last === 0n) return false;
    if (node % 2n === 1n || node === last) {
      [older, newer] = [nodeHash(sibling, older), nodeHash(sibling, newer)];
      for (; node % 2n === 0n && node !== 0n; node >>= 1n) last >>= 1n;
    } else {
      newer = nodeHash(newer, sibling);
    }
    node >>= 1n;
    last >>= 1n;
  }
  return last === 0n && equal(older, oldRoot) && equal(newer, root);
}
