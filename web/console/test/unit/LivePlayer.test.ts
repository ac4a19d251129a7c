import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LiveMessage } from '../../src/api/types';
import { LivePlayer, type LiveFacts } from '../../src/player/LivePlayer';

/** The browser's end of a socket, worked by hand. */
class Socket {
  static last: Socket;
  static readonly CONNECTING = 0;
  readyState = 1;
  onmessage: ((message: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;

  constructor() {
    Socket.last = this;
  }

  close() {
    this.readyState = 3;
  }

  tell(message: LiveMessage) {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

describe('LivePlayer', () => {
  let facts: LiveFacts;
  let player: LivePlayer;

  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('WebSocket', Socket);
    player = new LivePlayer(document.createElement('video'), 'ws://station/api/live/S', (next) => { facts = next; });
    player.start();
    Socket.last.tell({ type: 'codec', codec: 'avc1.42C01E', width: 640, height: 360, stream: 7, state: 'unsigned' });
  });

  afterEach(() => {
    player.stop();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('shows a stream as unsigned until the seal has vouched for it', () => expect(facts).toMatchObject({ media: 'unsigned', stream: 7 }));

  it.each(['signed', 'mismatch'] as const)('follows what the station finds out later: %s', (state) => {
    Socket.last.tell({ type: 'state', state });
    expect(facts.media).toBe(state);
  });

  it('adds up what it missed', () => {
    Socket.last.tell({ type: 'lag', dropped: 3 });
    Socket.last.tell({ type: 'lag', dropped: 4 });
    expect(facts.dropped).toBe(7);
  });

  it('says when the seal sends no picture', () => {
    Socket.last.tell({ type: 'offline' });
    expect(facts.status).toEqual({ kind: 'offline' });
  });
});
