import type { TimelineItem } from '../api/types';

/** Newest first; what one device says in the same instant stays in its own order. */
export function newestFirst(items: readonly TimelineItem[]): TimelineItem[] {
  return [...items].sort((a, b) => Date.parse(b.receivedAt) - Date.parse(a.receivedAt) || (b.sequence ?? 0) - (a.sequence ?? 0));
}
