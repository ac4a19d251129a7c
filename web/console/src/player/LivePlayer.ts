import type { LiveMessage, MediaState } from '../api/types';
import { FragmentQueue } from './FragmentQueue';
import { LagController } from './LagController';

export type LiveStatus =
  | { kind: 'connecting' }
  | { kind: 'playing'; lagMs: number }
  | { kind: 'offline' }
  | { kind: 'stalled'; seconds: number }
  | { kind: 'disconnected'; seconds: number }
  | { kind: 'decode' }
  | { kind: 'unsupported'; codec: string }
  | { kind: 'paused' };

export interface LiveFacts {
  status: LiveStatus;
  media: MediaState | null;
  stream: number | null;
  /** Frames that the station skipped for this viewer, in all. */
  dropped: number;
}

const controlEveryMs = 200;
const stalledAfterMs = 3_000;
const abandonAfterMs = 12_000;
const backoffMaxMs = 10_000;

/**
 * Plays one seal's live picture in a video element: one WebSocket, one frame per fragment, Media Source Extensions.
 * Reports each failure by name with what it does next; reconnects with jitter; rests while the page is hidden.
 */
export class LivePlayer {
  private socket: WebSocket | null = null;
  private source: MediaSource | null = null;
  private queue: FragmentQueue | null = null;
  private lag = new LagController();
  private early: ArrayBuffer[] = [];
  private objectUrl: string | null = null;
  private heardAt = 0;
  private failures = 0;
  private timer: ReturnType<typeof setInterval> | undefined;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private facts: LiveFacts = { status: { kind: 'connecting' }, media: null, stream: null, dropped: 0 };
  private readonly visibility = () => (document.hidden ? this.rest() : this.connect());

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly url: string,
    private readonly report: (facts: LiveFacts) => void,
  ) {}

  start(): void {
    this.video.addEventListener('error', this.decodeFailed);
    document.addEventListener('visibilitychange', this.visibility);
    this.timer = setInterval(() => this.control(), controlEveryMs);
    if (document.hidden) this.rest();
    else this.connect();
  }

  stop(): void {
    document.removeEventListener('visibilitychange', this.visibility);
    this.video.removeEventListener('error', this.decodeFailed);
    clearInterval(this.timer);
    this.drop();
  }

  private connect(): void {
    this.drop();
    this.say({ kind: 'connecting' });
    const socket = new WebSocket(this.url);
    socket.binaryType = 'arraybuffer';
    this.socket = socket;
    this.heardAt = performance.now();
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      this.heardAt = performance.now();
      if (typeof data === 'string') this.told(data);
      else this.fragment(data);
    };
    socket.onclose = () => this.retry();
  }

  private told(text: string): void {
    let message: LiveMessage;
    try {
      message = JSON.parse(text) as LiveMessage;
    } catch {
      return;
    }
    if (message.type === 'codec') {
      this.facts = { ...this.facts, media: message.state, stream: message.stream };
      this.begin(message.codec);
    } else if (message.type === 'state') {
      this.facts = { ...this.facts, media: message.state };
      this.say(this.facts.status);
    } else if (message.type === 'lag') {
      this.facts = { ...this.facts, dropped: this.facts.dropped + message.dropped };
      this.say(this.facts.status);
    } else if (message.type === 'offline') {
      this.say({ kind: 'offline' });
    }
  }

  /** A codec message starts a stream or restarts it after the encoder began anew: both get a fresh MediaSource. */
  private begin(codec: string): void {
    const type = `video/mp4; codecs="${codec}"`;
    const managed = (window as { ManagedMediaSource?: typeof MediaSource }).ManagedMediaSource;
    const Media = typeof MediaSource === 'undefined' ? managed : MediaSource;
    if (!Media?.isTypeSupported(type)) {
      this.source = null;
      this.say({ kind: 'unsupported', codec });
      return;
    }
    // Where only the managed kind exists (iPhone), remote playback must be off and the rate left alone.
    const managedOnly = Media === managed;
    this.video.disableRemotePlayback = managedOnly;
    this.lag = new LagController(!managedOnly);
    this.early = [];
    this.queue = null;
    const source = new Media();
    this.source = source;
    this.show(source);
    source.addEventListener('sourceopen', () => {
      if (this.source !== source) return;
      this.queue = new FragmentQueue(
        source.addSourceBuffer(type),
        () => this.video.currentTime,
        (growth) => this.grew(growth),
        () => this.decodeFailed(),
      );
      for (const fragment of this.early.splice(0)) this.queue.push(fragment);
    }, { once: true });
  }

  private fragment(data: ArrayBuffer): void {
    if (this.queue) this.queue.push(data);
    else if (this.source) this.early.push(data);
  }

  private grew(growth: number): void {
    this.lag.observe(growth);
    this.steer();
    if (this.video.paused) void this.video.play().catch(() => undefined);
    this.failures = 0;
    this.say({ kind: 'playing', lagMs: this.lagMs() });
  }

  private lagMs(): number {
    const range = this.queue?.range;
    return range ? Math.max(0, Math.round((range.end - this.video.currentTime) * 1000)) : 0;
  }

  private steer(): void {
    const range = this.queue?.range;
    if (!range) return;
    const advice = this.lag.advise(this.video.currentTime, range.start, range.end);
    if (advice.seekTo !== undefined) this.video.currentTime = advice.seekTo;
    if (this.video.playbackRate !== advice.rate) this.video.playbackRate = advice.rate;
  }

  private control(): void {
    if (!this.socket) return;
    this.steer();
    const silent = performance.now() - this.heardAt;
    // Browsers do not see pings: a socket that says nothing is abandoned rather than closed politely.
    if (silent > abandonAfterMs && this.facts.status.kind === 'stalled') this.retry();
    else if (silent > stalledAfterMs && (this.facts.status.kind === 'playing' || this.facts.status.kind === 'stalled')) {
      this.say({ kind: 'stalled', seconds: Math.floor(silent / 1000) });
    }
  }

  private readonly decodeFailed = (): void => {
    if (!this.source) return;
    this.retry({ kind: 'decode' });
  };

  private retry(reason?: LiveStatus): void {
    this.drop();
    const ceiling = Math.min(backoffMaxMs, 1_000 * 2 ** this.failures);
    this.failures += 1;
    const delay = 500 + Math.random() * ceiling;
    this.say(reason ?? { kind: 'disconnected', seconds: Math.ceil(delay / 1000) });
    this.retryTimer = setTimeout(() => this.connect(), delay);
  }

  private rest(): void {
    this.drop();
    this.say({ kind: 'paused' });
  }

  private drop(): void {
    clearTimeout(this.retryTimer);
    const socket = this.socket;
    this.socket = null;
    this.source = null;
    this.queue = null;
    this.early = [];
    if (socket) {
      socket.onmessage = null;
      socket.onclose = null;
      // To close a socket that is still opening stands as an error in the browser's log.
      if (socket.readyState === WebSocket.CONNECTING) socket.onopen = () => socket.close();
      else socket.close();
    }
  }

  /** Swaps the source only when the next stream begins: until then the last picture stays on the screen. */
  private show(source: MediaSource): void {
    const next = URL.createObjectURL(source);
    this.video.src = next;
    if (this.objectUrl) URL.revokeObjectURL(this.objectUrl);
    this.objectUrl = next;
  }

  private say(status: LiveStatus): void {
    this.facts = { ...this.facts, status };
    this.report(this.facts);
  }
}

/** Address of a seal's live picture beside the page's own origin. */
export function liveUrl(seal: string, page: Location = window.location): string {
  return `${page.protocol === 'https:' ? 'wss' : 'ws'}://${page.host}/api/live/${encodeURIComponent(seal)}`;
}
