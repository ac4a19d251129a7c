import type { Anchors, AnchorBlock, Court, CourtLog, Courts, Voice } from '../../api/types';

/** A court's own ink on the chain, from its place in the list: the same on blocks, bars and voices. */
export const inks = 7;

export const inkOf = (courts: readonly Court[], code: string | undefined): number => {
  const place = courts.findIndex((c) => c.code === code);
  return place < 0 ? inks : place % inks;
};

/** Newest first, each with whether a segment begins at it. */
export function newestBlocks(blocks: readonly AnchorBlock[]): (AnchorBlock & { begins: boolean })[] {
  return blocks
    .map((block, i) => ({ ...block, begins: block.height === 1 || (i > 0 && blocks[i - 1]?.segment !== block.segment) }))
    .reverse();
}

export interface Bar {
  /** Percent of the track. */
  held: number;
  final: number;
}

// A log of a million entries that lags by three must still look as if it lagged.
const gapLeast = 4;

/** How far a log is held and final, as parts of what its owner signed. What is missing always shows. */
export function barOf(log: Pick<CourtLog, 'size' | 'heldSize' | 'finalSize'>): Bar {
  const known = Math.max(log.size, log.heldSize, log.finalSize);
  const held = part(log.heldSize, known, 100);
  return { held, final: Math.min(part(log.finalSize, known, 100), log.finalSize < log.heldSize ? part(log.finalSize, log.heldSize, held) : held) };
}

function part(of: number, whole: number, width: number): number {
  if (whole === 0 || of <= 0) return 0;
  const exact = (of / whole) * width;
  return of >= whole ? width : Math.max(Math.min(exact, width - gapLeast), 0);
}

export type VoiceState = 'vouches' | 'late' | 'none';

/** What a court says of a log: it stands under the newest final head, under an older one, or nowhere. */
export function voiceOf(voice: Voice, log: Pick<CourtLog, 'finalSize'>): { state: VoiceState; behind: number } {
  if (voice.vouches || (voice.size !== undefined && log.finalSize > 0 && voice.size >= log.finalSize)) return { state: 'vouches', behind: 0 };
  return voice.size === undefined || voice.size === 0 ? { state: 'none', behind: 0 } : { state: 'late', behind: log.finalSize - voice.size };
}

/** Entries of each court's log under the newest block that is shown of it. */
export function anchoredOf(anchors: Anchors, log: CourtLog, self: string): number {
  if (log.code === self) return anchors.own.anchoredSize;
  return anchors.chain.blocks.reduce((most, b) => (b.code === log.code && b.size > most ? b.size : most), 0);
}

export const standsAlone = (courts: Courts): boolean => courts.epoch === undefined;
