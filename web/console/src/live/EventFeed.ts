import type { LiveEvents } from '../api/types';

export type LiveEventName = keyof LiveEvents;
export type LiveEvent = { [N in LiveEventName]: { name: N; data: LiveEvents[N] } }[LiveEventName];

export type Connection = 'connecting' | 'open' | 'lost';

const names: readonly LiveEventName[] = ['incident', 'seal', 'still', 'fact', 'command', 'log', 'chain', 'health', 'tick', 'reset'];

/** Station ticks come every 15 s; two missed and some slack mean that the link is dead, however open it looks. */
export const deadAfterMs = 40_000;
const backoffFirstMs = 1_000;
const backoffMaxMs = 15_000;

/**
 * One server-sent event stream that outlives failures. The browser resumes by Last-Event-ID after a broken link; when it
 * gives up (an HTTP error) or the link is half-open, a new stream is opened, on which the station says reset.
 */
export class EventFeed {
  onEvent: (event: LiveEvent) => void = () => undefined;
  onConnection: (state: Connection) => void = () => undefined;

  private source: EventSource | null = null;
  private failures = 0;
  private ticked = false;
  private heardAt = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private watch: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly open: () => EventSource = () => new EventSource('/api/events'),
    private readonly now: () => number = () => Date.now(),
    private readonly random: () => number = () => Math.random(),
  ) {}

  start(): void {
    this.stop();
    this.connect();
    this.watch = setInterval(() => this.checkAlive(), 5_000);
  }

  stop(): void {
    clearTimeout(this.retry);
    clearInterval(this.watch);
    this.source?.close();
    this.source = null;
  }

  /** Reopens a stream on which the station's ticks have stopped. */
  checkAlive(): void {
    if (this.source && this.ticked && this.now() - this.heardAt > deadAfterMs) this.lose();
  }

  private connect(): void {
    const source = this.open();
    this.source = source;
    this.heardAt = this.now();
    source.onopen = () => {
      this.failures = 0;
      this.heardAt = this.now();
      this.onConnection('open');
    };
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) this.lose();
      else this.onConnection('lost');
    };
    for (const name of names) {
      source.addEventListener(name, (message) => this.receive(name, (message as MessageEvent<string>).data));
    }
  }

  private receive(name: LiveEventName, text: string): void {
    this.heardAt = this.now();
    if (name === 'tick') this.ticked = true;
    let data: unknown;
    try {
      data = JSON.parse(text);
    } catch {
      return;
    }
    this.onEvent({ name, data } as LiveEvent);
  }

  private lose(): void {
    this.source?.close();
    this.source = null;
    this.onConnection('lost');
    // Full jitter: after a restart of the station the consoles must not come back in step.
    const ceiling = Math.min(backoffMaxMs, backoffFirstMs * 2 ** this.failures);
    this.failures += 1;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.connect(), 250 + this.random() * ceiling);
  }
}
