import { describe, expect, it } from 'vitest';
import { CborRefused, CborReader, decode, type Cbor } from '../src/cbor';
import { verifyCheckpoint } from '../src/checkpoint';
import { parseSign1 } from '../src/cose';
import { countVoices } from '../src/finality';
import { parseEpoch, parseGovernance } from '../src/governance';
import { verifyPack } from '../src/pack';
import { verifyReceipt } from '../src/receipt';
import { parseRoster, type Genesis } from '../src/roster';
import { parseStatement, verifyStatement } from '../src/statement';
import type { Bytes } from '../src/bytes';
import { bytesOf, fromHex, keyOf, vectorsOf, type Vector } from './vectors';

/** The log whose checkpoints the vectors are; one of them is asked about as if it were another. */
const log = 'log.court.example/2026';

const readers: Record<string, (bytes: Bytes) => unknown> = {
  plain: decode,
  sign1: parseSign1,
  roster(bytes) {
    const reader = new CborReader(bytes);
    reader.array(2, 2);
    const version: Cbor = reader.item(1);
    return [version, reader.array(1, 5000)];
  },
};

function judgeCbor(vector: Vector): [verdict: number, offset: number | undefined] {
  try {
    readers[vector.reader ?? 'plain']!(bytesOf('cbor', vector));
    return [0, undefined];
  } catch (error) {
    if (error instanceof CborRefused) return [error.rule, error.offset];
    throw error;
  }
}

async function pinned(vector: Vector): Promise<readonly Genesis[] | null> {
  if (vector.roster === undefined) return null;
  const roster = await parseRoster(fromHex(vector.roster));
  expect(roster.refusal).toBeNull();
  return roster.value;
}

describe('every vector gets exactly its verdict', () => {
  it.each(vectorsOf('cbor').map((v) => [v.name, v] as const))('cbor %s', (_, vector) => {
    expect(judgeCbor(vector)).toEqual([vector.verdict, vector.offset]);
  });

  it.each(vectorsOf('statements').map((v) => [v.name, v] as const))('statement %s', async (_, vector) => {
    const parsed = parseStatement(bytesOf('statements', vector));
    const refusal = parsed.refusal ?? await verifyStatement(parsed.value, await keyOf(vector));
    expect(refusal?.verdict ?? 0).toBe(vector.verdict);
  });

  it.each(vectorsOf('receipts').map((v) => [v.name, v] as const))('receipt %s', async (_, vector) => {
    const judged = await verifyReceipt(bytesOf('receipts', vector), fromHex(vector.entry!), vector.origin!, await keyOf(vector));
    expect(judged.refusal?.verdict ?? 0).toBe(vector.verdict);
  });

  it.each(vectorsOf('checkpoints').map((v) => [v.name, v] as const))('checkpoint %s', async (_, vector) => {
    const judged = await verifyCheckpoint(bytesOf('checkpoints', vector), vector.origin!, [{ name: log, key: await keyOf(vector) }]);
    expect(judged.refusal?.verdict ?? 0).toBe(vector.verdict);
  });

  it.each(vectorsOf('governance').map((v) => [v.name, v] as const))('governance %s', async (_, vector) => {
    const judged = await parseGovernance(bytesOf('governance', vector));
    expect(judged.refusal?.verdict ?? 0).toBe(vector.verdict);
  });

  it.each(vectorsOf('cosignatures').map((v) => [v.name, v] as const))('cosignatures %s', async (_, vector) => {
    const epoch = await parseEpoch(fromHex(vector.epoch!));
    if (typeof epoch === 'string') throw new Error(epoch);
    const judged = await countVoices(bytesOf('cosignatures', vector), vector.origin!, epoch);
    expect(judged.refusal?.verdict ?? 0).toBe(vector.verdict);
    if (judged.value) expect(epoch.courts.filter((court) => judged.value.has(court)).map((court) => court.code)).toEqual(vector.vouchers);
  });

  it.each(vectorsOf('packs').map((v) => [v.name, v] as const))('pack %s', async (_, vector) => {
    const outcome = await verifyPack(new Blob([bytesOf('packs', vector)]), await pinned(vector));
    expect([outcome.verdict, outcome.detail]).toEqual([vector.verdict, vector.verdict === 0 ? '' : expect.any(String)]);
    const heard = outcome.examination.finality?.voices.filter(({ time }) => time !== null);
    if (vector.verdict === 0) expect(heard?.map(({ court }) => court.code)).toEqual(vector.vouchers);
    if (vector.verdict === 0) expect(heard?.filter(({ standing }) => standing === 'known').map(({ court }) => court.code)).toEqual(vector.known);
  });
});
