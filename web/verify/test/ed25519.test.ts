import { webcrypto } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Bytes } from '../src/bytes';
import { verifyByHand, verifyEd25519 } from '../src/ed25519';
import { fromHex } from './vectors';

/** RFC 8032, 7.1, tests 1 to 3: public key, message, signature. */
const samples = [
  ['d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b'],
  ['3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c', '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00'],
  ['fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025', 'af82',
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a'],
].map((parts) => parts.map(fromHex) as [Bytes, Bytes, Bytes]);

const order = 2n ** 252n + 27742317777372353535851937790883648493n;
const spoiled = (bytes: Bytes, place: number): Bytes => bytes.map((b, i) => (i === place ? b ^ 1 : b));

/** The same signature with s + L in place of s, which a sloppy check takes. */
function larger(signature: Bytes): Bytes {
  const s = signature.slice(32).reverse().reduce((sum, b) => sum * 256n + BigInt(b), 0n) + order;
  return Uint8Array.from([...signature.slice(0, 32), ...Array.from({ length: 32 }, (_, i) => Number((s >> BigInt(8 * i)) & 255n))]);
}

describe.each([['by hand', verifyByHand], ['as the page does', verifyEd25519]] as const)('%s', (_, verify) => {
  it.each(samples)('the samples of the RFC verify, and nothing near them', async (key, message, signature) => {
    expect(await verify(key, signature, message)).toBe(true);
    for (let place = 0; place < 64; place++) expect(await verify(key, spoiled(signature, place), message)).toBe(false);
    for (let place = 0; place < 32; place++) expect(await verify(spoiled(key, place), signature, message)).toBe(false);
    expect(await verify(key, signature, Uint8Array.of(...message, 0))).toBe(false);
    expect(await verify(key, larger(signature), message)).toBe(false);
  });
});

it('both say the same of what a key has just signed', async () => {
  for (let i = 0; i < 20; i++) {
    const pair = await webcrypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']) as webcrypto.CryptoKeyPair;
    const key = new Uint8Array(await webcrypto.subtle.exportKey('raw', pair.publicKey));
    const message = Uint8Array.from({ length: 50 * i }, (_, at) => at);
    const signature = new Uint8Array(await webcrypto.subtle.sign('Ed25519', pair.privateKey, message));
    expect(await verifyByHand(key, signature, message)).toBe(true);
    expect(await verifyByHand(key, spoiled(signature, i), message)).toBe(await verifyEd25519(key, spoiled(signature, i), message));
  }
});

it('keys and signatures of another length are none', async () => {
  const [key, message, signature] = samples[0]!;
  expect(await verifyEd25519(key.slice(1), signature, message)).toBe(false);
  expect(await verifyEd25519(key, signature.slice(1), message)).toBe(false);
});
