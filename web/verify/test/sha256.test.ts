import { expect, it } from 'vitest';
import { hex } from '../src/bytes';
import { crc32 } from '../src/crc32';
import { Sha256, sha256 } from '../src/sha256';

const pattern = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 31 + length) & 255);

it('is WebCrypto’s for every length around the blocks', async () => {
  for (let length = 0; length < 300; length++) {
    const bytes = pattern(length);
    expect(hex(sha256(bytes))).toBe(hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))));
  }
});

it('is the same in pieces of any size', () => {
  const bytes = pattern(1000);
  for (const piece of [1, 7, 63, 64, 65, 128, 999]) {
    const hash = new Sha256();
    for (let at = 0; at < bytes.length; at += piece) hash.update(bytes.subarray(at, at + piece));
    expect(hex(hash.digest())).toBe(hex(sha256(bytes)));
  }
});

it('has the checksum of zip files', () => {
  const text = new TextEncoder().encode('123456789');
  expect(crc32(0, text)).toBe(0xcbf43926);
  expect(crc32(crc32(0, text.subarray(0, 4)), text.subarray(4))).toBe(0xcbf43926);
});
