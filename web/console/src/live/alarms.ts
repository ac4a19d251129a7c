import type { IncidentCard } from '../api/types';

export interface Waiting {
  count: number;
  /** Most severe, then longest waiting, first. */
  incidents: IncidentCard[];
  /** When the longest waiting one opened, ms; null when none waits. */
  since: number | null;
}

/** Incidents that nobody has acknowledged. What has cleared at the door still waits for a person. */
export function waiting(incidents: Iterable<IncidentCard>): Waiting {
  const open = [...incidents].filter((i) => i.handling === 'unacknowledged').sort(byUrgency);
  const since = open.length === 0 ? null : Math.min(...open.map((i) => Date.parse(i.openedAt)));
  return { count: open.length, incidents: open, since };
}

export function byUrgency(a: IncidentCard, b: IncidentCard): number {
  const unacknowledged = Number(b.handling === 'unacknowledged') - Number(a.handling === 'unacknowledged');
  return unacknowledged || b.level - a.level || Date.parse(a.openedAt) - Date.parse(b.openedAt);
}
