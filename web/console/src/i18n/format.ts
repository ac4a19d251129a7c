import type { Language } from '../api/types';
import { say } from './dictionary';

// Courts keep Beijing time whatever the clock of the PC says.
const parts = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit',
  hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23',
});

function wall(time: string | number | Date): Record<string, string> | null {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return null;
  return Object.fromEntries(parts.formatToParts(date).map((p) => [p.type, p.value]));
}

/** 2026-01-05 13:07:09, Beijing time. */
export function dateTime(time: string | number): string {
  const w = wall(time);
  return w ? `${w['year']}-${w['month']}-${w['day']} ${w['hour']}:${w['minute']}:${w['second']}` : '—';
}

/** 13:07:09, Beijing time. */
export function clock(time: string | number): string {
  const w = wall(time);
  return w ? `${w['hour']}:${w['minute']}:${w['second']}` : '—';
}

/** 13:07:09.123, Beijing time: for facts whose order within a second matters. */
export function clockMs(time: string | number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? '—' : `${clock(time)}.${String(date.getUTCMilliseconds()).padStart(3, '0')}`;
}

/** The date in Beijing at that instant, 2026-01-05. */
export function date(time: string | number): string {
  return dateTime(time).slice(0, 10);
}

/** How long ago, in words. */
export function age(language: Language, then: string | number, now: number): string {
  const seconds = Math.max(0, Math.floor((now - new Date(then).getTime()) / 1000));
  if (seconds < 5) return say(language, 'age.now');
  if (seconds < 60) return say(language, 'age.seconds', { n: seconds });
  if (seconds < 3600) return say(language, 'age.minutes', { n: Math.floor(seconds / 60) });
  if (seconds < 86_400) return say(language, 'age.hours', { n: Math.floor(seconds / 3600) });
  return say(language, 'age.days', { n: Math.floor(seconds / 86_400) });
}

/** A wait as minutes and seconds (03:12), or as hours in words. */
export function wait(language: Language, milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds >= 3600) {
    return say(language, 'wait.hours', { h: Math.floor(seconds / 3600), m: Math.floor((seconds % 3600) / 60) });
  }
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
}

export const shortHash = (hash: string): string => (hash.length > 14 ? `${hash.slice(0, 8)}…${hash.slice(-4)}` : hash);
