// @vitest-environment node
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { foldPath, fromBase64, toHex } from '../../src/pages/log/merkle';

// The definition of RFC 9162, 2.1.1 and 2.1.3.1, recursive and slow: an independent way to the same root.
const sha = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
const split = (n: number): number => { let k = 1; while (k * 2 < n) k *= 2; return k; };
function root(list: Uint8Array[]): Buffer {
  if (list.length === 1) return sha(Uint8Array.of(0), list[0]!);
  const k = split(list.length);
  return sha(Uint8Array.of(1), root(list.slice(0, k)), root(list.slice(k)));
}
function path(m: number, list: Uint8Array[]): string[] {
  if (list.length === 1) return [];
  const k = split(list.length);
  return m < k ? [...path(m, list.slice(0, k)), root(list.slice(k)).toString('hex')]
    : [...path(m - k, list.slice(k)), root(list.slice(0, k)).toString('hex')];
}
const entry = (i: number) => Uint8Array.from([i, 7, i * 3]);
const entries = (n: number) => Array.from({ length: n }, (_, i) => entry(i));

describe('foldPath', () => {
  it.each([1, 2, 3, 4, 5, 7, 8, 13, 21])('gives the root for every entry of a log of %i', async (n) => {
    for (let i = 0; i < n; i++) {
      const folded = await foldPath(entry(i), i, n, path(i, entries(n)));
      expect(folded?.root).toBe(root(entries(n)).toString('hex'));
    }
  });

  it('gives another root for another entry', async () => {
    const folded = await foldPath(entry(5), 4, 13, path(4, entries(13)));
    expect(folded?.root).not.toBe(root(entries(13)).toString('hex'));
  });

  it('refuses a path that is too short', async () => expect(await foldPath(entry(4), 4, 13, path(4, entries(13)).slice(1))).toBeNull());
  it('refuses a path that is too long', async () => expect(await foldPath(entry(4), 4, 13, [...path(4, entries(13)), '00'.repeat(32)])).toBeNull());
  it('refuses an index beyond the log', async () => expect(await foldPath(entry(4), 13, 13, [])).toBeNull());

  it('decodes both alphabets of base64', () => expect(toHex(fromBase64('-_8='))).toBe(toHex(fromBase64('+/8='))));
});
