import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { deadAfterMs, EventFeed, type Connection, type LiveEvent } from '../../src/live/EventFeed';

/** The browser's end of a stream, worked by hand. */
class Stream extends EventTarget {
  static readonly opened: Stream[] = [];
  readyState = 0;
  closed = false;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;

  constructor() {
    super();
    Stream.opened.push(this);
  }

  close() {
    this.closed = true;
    this.readyState = 2;
  }

  accept() {
    this.readyState = 1;
    this.onopen?.();
  }

  breakLink(state: 0 | 2) {
    this.readyState = state;
    this.onerror?.();
  }

  say(name: string, data: string) {
    this.dispatchEvent(new MessageEvent(name, { data }));
  }
}

describe('EventFeed', () => {
  let now = 0;
  let events: LiveEvent[];
  let states: Connection[];
  let feed: EventFeed;
  const last = () => Stream.opened[Stream.opened.length - 1]!;

  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('EventSource', { CLOSED: 2 });
    Stream.opened.length = 0;
    [events, states, now] = [[], [], 0];
    feed = new EventFeed(() => new Stream() as unknown as EventSource, () => now, () => 0.5);
    feed.onEvent = (e) => events.push(e);
    feed.onConnection = (s) => states.push(s);
    feed.start();
  });

  afterEach(() => {
    feed.stop();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('hands on each named event', () => {
    last().accept();
    last().say('log', '{"size":3,"root":"ab"}');
    expect(events).toEqual([{ name: 'log', data: { size: 3, root: 'ab' } }]);
  });

  it('drops what is not JSON and goes on', () => {
    last().say('log', '{"size":');
    last().say('log', '{"size":4,"root":"cd"}');
    expect(events).toHaveLength(1);
  });

  it('leaves a stream alone that the browser resumes by itself', () => {
    last().accept();
    last().breakLink(0);
    expect(states).toEqual(['open', 'lost']);
    last().accept();
    expect(states).toEqual(['open', 'lost', 'open']);
    expect(Stream.opened).toHaveLength(1);
  });

  it('opens a new stream when the browser gave up', () => {
    last().accept();
    last().breakLink(2);
    expect(states).toEqual(['open', 'lost']);
    vi.advanceTimersByTime(250 + 0.5 * 1000);
    expect(Stream.opened).toHaveLength(2);
    last().accept();
    expect(states).toEqual(['open', 'lost', 'open']);
  });

  it('waits longer after each failure', () => {
    last().breakLink(2);
    vi.advanceTimersByTime(750);
    last().breakLink(2);
    vi.advanceTimersByTime(750);
    expect(Stream.opened).toHaveLength(2);
    vi.advanceTimersByTime(500);
    expect(Stream.opened).toHaveLength(3);
  });

  it('abandons a link on which the ticks have stopped, though it looks open', () => {
    last().accept();
    last().say('tick', '{"at":"2026-01-05T00:00:00.000Z"}');
    now = deadAfterMs + 1;
    feed.checkAlive();
    expect(states).toEqual(['open', 'lost']);
    expect(last().closed).toBe(true);
  });

  it('keeps a link alive as long as anything arrives', () => {
    last().say('tick', '{"at":"2026-01-05T00:00:00.000Z"}');
    now = deadAfterMs - 1;
    last().say('log', '{"size":1,"root":""}');
    now += 1000;
    feed.checkAlive();
    expect(states).toEqual([]);
  });
});
