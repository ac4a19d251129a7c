import { expect, it } from 'vitest';
import { verifyPack } from '../src/pack';
import { bytesOf, vector } from './vectors';

it('one bit in every single byte of a pack is refused', async () => {
  const pack = bytesOf('packs', vector('packs', 'valid-small'));
  for (let place = 0; place < pack.length; place++) {
    pack[place]! ^= 1 << place % 8;
    const { verdict } = await verifyPack(new Blob([pack]));
    if (verdict === 0) expect.fail(`byte ${place} flipped and accepted`);
    pack[place]! ^= 1 << place % 8;
  }
  expect((await verifyPack(new Blob([pack]))).verdict).toBe(0);
}, 120_000);

it('a pack cut short anywhere is not canonical, and nothing throws', async () => {
  const pack = bytesOf('packs', vector('packs', 'valid-small'));
  for (let length = 0; length < pack.length; length += 7) expect((await verifyPack(new Blob([pack.subarray(0, length)]))).verdict).toBe(10);
});

it('a directory that is announced huge is refused before it is read', async () => {
  const end = bytesOf('packs', vector('packs', 'valid-small')).slice(-22).fill(0xff, 8, 20);
  expect((await verifyPack(new Blob([end]))).verdict).toBe(10);
});
