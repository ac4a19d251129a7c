import { describe, expect, it, vi } from 'vitest';
import type { IncidentCard, SealCard } from '../../src/api/types';
import { waiting } from '../../src/live/alarms';
import { EventFeed } from '../../src/live/EventFeed';
import { StationStore } from '../../src/live/StationStore';

const incident = (id: string, more: Partial<IncidentCard> = {}): IncidentCard => ({
  id, sealNumber: 'S1', caseNumber: 'C', address: 'A', kind: 'strip.cut', level: 3, condition: 'active', handling: 'unacknowledged',
  openedAt: '2026-01-05T00:00:00.000Z', episodes: 1, warningsSent: 0, ...more,
});
const seal = (sealNumber: string): SealCard => ({
  sealNumber, caseNumber: 'C', address: 'A', legalState: 'armed', deviceState: 'online', until: '2028-01-01', daysLeft: 700,
});

function store(incidents: IncidentCard[], fails = false) {
  const feed = new EventFeed(() => { throw new Error('not opened here'); });
  const made = new StationStore({
    seals: () => (fails ? Promise.reject(new Error('down')) : Promise.resolve([seal('S1')])),
    incidents: () => Promise.resolve(incidents),
  }, feed, () => 1_000_000);
  return { store: made, feed };
}

describe('StationStore', () => {
  it('holds what it loaded', async () => {
    const { store: s } = store([incident('i1')]);
    await s.load();
    expect([...s.snapshot().seals.keys()]).toEqual(['S1']);
    expect([...s.snapshot().incidents.keys()]).toEqual(['i1']);
  });

  it('keeps what it has when loading fails, and says so', async () => {
    const { store: s, feed } = store([], true);
    feed.onEvent({ name: 'seal', data: seal('S9') });
    await s.load();
    expect(s.snapshot().failed).toBe(true);
    expect([...s.snapshot().seals.keys()]).toEqual(['S9']);
  });

  it('loads again when the station cannot tell what was missed', async () => {
    const { store: s, feed } = store([incident('i1')]);
    feed.onEvent({ name: 'reset', data: {} });
    await vi.waitFor(() => expect(s.snapshot().incidents.size).toBe(1));
  });

  it('does not let an answer put back what an event has changed meanwhile', async () => {
    const { store: s, feed } = store([incident('i1')]);
    const loading = s.load();
    feed.onEvent({ name: 'incident', data: incident('i1', { handling: 'acknowledged' }) });
    await loading;
    expect(s.snapshot().incidents.get('i1')?.handling).toBe('acknowledged');
  });

  it('shows an incident that arrives as an event', () => {
    const { store: s, feed } = store([]);
    let calls = 0;
    s.subscribe(() => calls++);
    feed.onEvent({ name: 'incident', data: incident('i2') });
    expect(s.snapshot().incidents.get('i2')?.level).toBe(3);
    expect(calls).toBe(1);
  });

  it('takes a closed incident off the list', () => {
    const { store: s, feed } = store([]);
    feed.onEvent({ name: 'incident', data: incident('i2') });
    feed.onEvent({ name: 'incident', data: incident('i2', { handling: 'closed' }) });
    expect(s.snapshot().incidents.size).toBe(0);
  });

  it('remembers when the link was first lost, until it is back', () => {
    const { store: s, feed } = store([]);
    feed.onConnection('lost');
    feed.onConnection('lost');
    expect(s.snapshot().lostAt).toBe(1_000_000);
    feed.onConnection('open');
    expect(s.snapshot().lostAt).toBeNull();
  });

  it('follows the clock of the station', () => {
    const { store: s, feed } = store([]);
    feed.onEvent({ name: 'tick', data: { at: new Date(1_060_000).toISOString() } });
    expect(s.snapshot().clockOffset).toBe(60_000);
  });

  it('never changes a snapshot that was handed out', () => {
    const { store: s, feed } = store([]);
    const before = s.snapshot();
    feed.onEvent({ name: 'incident', data: incident('i2') });
    expect(before.incidents.size).toBe(0);
  });
});

describe('waiting', () => {
  it('counts what cleared at the door but nobody acknowledged', () =>
    expect(waiting([incident('a', { condition: 'cleared' })]).count).toBe(1));

  it('does not count acknowledged ones', () => expect(waiting([incident('a', { handling: 'acknowledged' })])).toEqual({ count: 0, incidents: [], since: null }));

  it('puts the most severe first and takes the longest wait of all', () => {
    const w = waiting([incident('old', { level: 1, openedAt: '2026-01-04T00:00:00.000Z' }), incident('new', { level: 3 })]);
    expect(w.incidents.map((i) => i.id)).toEqual(['new', 'old']);
    expect(w.since).toBe(Date.parse('2026-01-04T00:00:00.000Z'));
  });
});
