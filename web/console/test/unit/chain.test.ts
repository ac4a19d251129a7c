import { describe, expect, it } from 'vitest';
import type { ChainHead, CourtState } from '../../src/api/types';
import { anchoredOf, barOf, inkOf, newestBlocks, standsAlone, voiceOf } from '../../src/pages/chain/chainModel';
import { proofNow } from '../../src/widgets/proof';
import { chains } from '../fixture/chain.mjs';

const { courts, anchors } = chains.five();
const log = (code: string) => courts.logs.find((l) => l.code === code)!;

describe('the chain page’s fixture', () => {
  it('has one court good, lagging, silent, forked and refused', () =>
    expect(courts.courts.map((c) => c.state)).toEqual<CourtState[]>(['good', 'lagging', 'silent', 'forked', 'refused']));

  it('stands alone only where there is no epoch', () => {
    expect(standsAlone(courts)).toBe(false);
    expect(standsAlone(chains.alone().courts)).toBe(true);
  });
});

describe('blocks', () => {
  it('come newest first', () => expect(newestBlocks(anchors.chain.blocks).map((b) => b.serial)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]));

  it('say where a segment begins', () =>
    expect(newestBlocks(anchors.chain.blocks).filter((b) => b.begins).map((b) => b.serial)).toEqual([6, 1]));

  it('do not call the oldest that is shown a beginning', () => expect(newestBlocks(anchors.chain.blocks.slice(2, 4)).some((b) => b.begins)).toBe(false));

  it('have the ink of their court, and one for logs that nobody knows', () => {
    expect(inkOf(courts.courts, '京0105')).toBe(1);
    expect(inkOf(courts.courts, undefined)).toBe(7);
  });

  it('tell how far each log is anchored', () => {
    expect(anchoredOf(anchors, log('京0108'), '京0108')).toBe(18_409);
    expect(anchoredOf(anchors, log('京0105'), '京0108')).toBe(9_104);
  });
});

describe('a log’s bar', () => {
  it('is full when everything is held and final', () => expect(barOf({ size: 5, heldSize: 5, finalSize: 5 })).toEqual({ held: 100, final: 100 }));
  it('is empty before the first entry', () => expect(barOf({ size: 0, heldSize: 0, finalSize: 0 })).toEqual({ held: 0, final: 0 }));

  it('shows a small lag of a large log', () => {
    const bar = barOf({ size: 1_000_000, heldSize: 999_999, finalSize: 999_998 });
    expect(bar.held).toBeLessThan(97);
    expect(bar.final).toBeLessThan(bar.held - 3);
    expect(bar.final).toBeGreaterThan(80);
  });

  it('never goes beyond its track', () => expect(barOf({ size: 10, heldSize: 12, finalSize: 12 })).toEqual({ held: 100, final: 100 }));
});

describe('a voice', () => {
  const own = log('京0108');
  it('vouches under the newest final head', () => expect(voiceOf({ code: 'a', size: own.finalSize, vouches: true }, own).state).toBe('vouches'));
  it('is late under an older one, by so many entries', () => expect(voiceOf({ code: 'a', size: own.finalSize - 14, vouches: false }, own)).toEqual({ state: 'late', behind: 14 }));
  it('is none when it never vouched', () => expect(voiceOf({ code: 'a', vouches: false }, own).state).toBe('none'));
});

describe('a fact’s proof', () => {
  const chain: ChainHead = { final: 5, anchored: 3, standsAlone: false };
  it('goes on as the chain does', () => {
    expect(proofNow('sequenced', 4, chain)).toBe('final');
    expect(proofNow('sequenced', 2, chain)).toBe('anchored');
    expect(proofNow('sequenced', 5, chain)).toBe('sequenced');
  });
  it('never goes back', () => expect(proofNow('anchored', 9, chain)).toBe('anchored'));
  it('stays received without a place in the log', () => expect(proofNow('received', undefined, chain)).toBe('received'));
  it('is what was read before the chain was told', () => expect(proofNow('final', 1, null)).toBe('final'));
});
