import type { TimelineItem } from '../api/types';

// Recorded by the second or for each warning: proof that the system works, noise to somebody who asks what happened.
const routine = new Set([
  'media.manifest', 'media.received', 'media.viewed', 'warning.attempt', 'warning.result', 'command.answered', 'settings', 'settings.applied',
  'heartbeat.back', 'access.refused',
]);

export const isRoutine = (item: TimelineItem): boolean => routine.has(item.kind);

/** Newest first; what one device says in the same instant stays in its own order. */
export function newestFirst(items: readonly TimelineItem[]): TimelineItem[] {
  return [...items].sort((a, b) => Date.parse(b.receivedAt) - Date.parse(a.receivedAt) || (b.sequence ?? 0) - (a.sequence ?? 0));
}
