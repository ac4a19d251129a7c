import { expect, it } from 'vitest';
import { CborMap, type Cbor } from '../src/cbor';
import { hex } from '../src/bytes';
import type { Statement } from '../src/statement';
import { clipOrder, Vouching } from '../src/vouching';

const hash = (n: number) => new Uint8Array(32).fill(n);
const init = 200;

function media(issuer: string, stream: bigint, first: bigint, fragments: number[], withInit = init): Statement {
  const body = new CborMap([
    ['init', hash(withInit)], ['first', first], ['stream', stream], ['fragments', fragments.map(hash) as Cbor[]],
  ]);
  return { issuer, kind: 'media.manifest', body, data: null, hash: hex(hash(fragments[0]!)) } as unknown as Statement;
}

const order = (statements: Statement[], ...parts: number[]) => clipOrder(new Vouching(statements), parts.map((one) => hex(hash(one))));

it('init and neighbours of two manifests of one stream are whole', () => {
  expect(order([media('device:a', 1n, 7n, [1]), media('device:a', 1n, 8n, [2, 3])], init, 1, 2, 3)).toBe('whole');
});

it('a fragment left out is a gap, one put back or twice is broken', () => {
  const stream = [media('device:a', 1n, 7n, [1, 2, 3])];
  expect(order(stream, init, 1, 3)).toBe('gap');
  expect(order(stream, init, 2, 1)).toBe('broken');
  expect(order(stream, init, 1, 1)).toBe('broken');
  expect(order(stream, 1, 2)).toBe('broken');
});

it('equal fragments have a place each', () => {
  expect(order([media('device:a', 1n, 7n, [1, 2, 1])], init, 1, 2, 1)).toBe('whole');
});

it('fragments of two streams, two devices or two inits are no clip', () => {
  expect(order([media('device:a', 1n, 7n, [1]), media('device:a', 2n, 8n, [2])], init, 1, 2)).toBe('broken');
  expect(order([media('device:a', 1n, 7n, [1]), media('device:b', 1n, 8n, [2])], init, 1, 2)).toBe('broken');
  expect(order([media('device:a', 1n, 7n, [1]), media('device:a', 1n, 8n, [2], 201)], init, 1, 2)).toBe('broken');
});
