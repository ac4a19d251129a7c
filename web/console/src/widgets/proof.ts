import type { ChainHead, ProofState } from '../api/types';

export const proofOrder: readonly ProofState[] = ['received', 'sequenced', 'final', 'anchored'];

/** What was read, or what the chain has reached since: the station's own rule (docs/formats/api.md, Live facts). Nothing ever goes back. */
export function proofNow(read: ProofState, index: number | undefined, chain: ChainHead | null): ProofState {
  if (index === undefined || chain === null) return read;
  const told: ProofState = index < chain.anchored ? 'anchored' : index < chain.final ? 'final' : 'sequenced';
  return proofOrder.indexOf(told) > proofOrder.indexOf(read) ? told : read;
}
