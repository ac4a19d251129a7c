import type { SealCard } from '../../api/types';

export type WallFilter = 'all' | 'alarm' | 'silent' | 'expiring' | 'notArmed';

const soonDays = 30;
const live = new Set(['ordered', 'issued', 'installed', 'armed', 'suspended']);

const tests: Record<WallFilter, (seal: SealCard) => boolean> = {
  all: () => true,
  alarm: (s) => Boolean(s.openIncident) || s.deviceState === 'alarm',
  silent: (s) => s.deviceState === 'silent',
  expiring: (s) => live.has(s.legalState) && s.daysLeft <= soonDays,
  notArmed: (s) => live.has(s.legalState) && s.legalState !== 'armed',
};

/** The seals for the wall: what needs a person first, then by days left. */
export function wallSeals(seals: Iterable<SealCard>, filter: WallFilter, search: string): SealCard[] {
  const words = search.trim().toLowerCase().normalize('NFKC').split(/\s+/).filter(Boolean);
  return [...seals]
    .filter(tests[filter])
    .filter((s) => {
      const text = `${s.caseNumber} ${s.address} ${s.sealNumber} ${s.deviceId ?? ''}`.toLowerCase().normalize('NFKC');
      return words.every((word) => text.includes(word));
    })
    .sort((a, b) => urgency(b) - urgency(a) || a.daysLeft - b.daysLeft || a.sealNumber.localeCompare(b.sealNumber));
}

export function countBy(seals: Iterable<SealCard>): Record<WallFilter, number> {
  const counts: Record<WallFilter, number> = { all: 0, alarm: 0, silent: 0, expiring: 0, notArmed: 0 };
  for (const seal of seals) {
    for (const filter of Object.keys(counts) as WallFilter[]) counts[filter] += Number(tests[filter](seal));
  }
  return counts;
}

function urgency(seal: SealCard): number {
  if (tests.alarm(seal)) return 10 + (seal.incidentLevel ?? 0);
  if (seal.deviceState === 'silent') return 5;
  return live.has(seal.legalState) ? 1 : 0;
}
