import type { StationClient } from '../api/client';
import type { ChainHead, Health, IncidentCard, LogHead, SealCard } from '../api/types';
import { EventFeed, type Connection, type LiveEvent } from './EventFeed';

export interface StationState {
  seals: ReadonlyMap<string, SealCard>;
  incidents: ReadonlyMap<string, IncidentCard>;
  log: LogHead | null;
  /** How far the court's log is final and anchored; null before it was told. */
  chain: ChainHead | null;
  health: Health | null;
  connection: Connection;
  lostAt: number | null;
  loaded: boolean;
  failed: boolean;
  /** Station clock minus this PC's clock, milliseconds. */
  clockOffset: number;
}

const empty: StationState = {
  seals: new Map(), incidents: new Map(), log: null, chain: null, health: null,
  connection: 'connecting', lostAt: null, loaded: false, failed: false, clockOffset: 0,
};

/** What the console knows of the court's seals, kept true by the event feed. Snapshots are immutable. */
export class StationStore {
  private state = empty;
  private meanwhile: LiveEvent[] = [];
  private loading = 0;
  private readonly watchers = new Set<() => void>();
  private readonly listeners = new Set<(event: LiveEvent) => void>();

  constructor(
    private readonly client: Pick<StationClient, 'seals' | 'incidents'>,
    private readonly feed = new EventFeed(),
    private readonly now: () => number = () => Date.now(),
  ) {
    feed.onEvent = (event) => this.apply(event);
    feed.onConnection = (connection) => this.connected(connection);
  }

  readonly snapshot = (): StationState => this.state;

  readonly subscribe = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  /** Every event as it comes, for pages that show more than the cards hold. Also called when all must be read again. */
  readonly listen = (listener: (event: LiveEvent) => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  start(): void {
    this.feed.start();
    void this.load();
  }

  stop(): void {
    this.feed.stop();
    this.state = empty;
    this.notify();
  }

  async load(): Promise<void> {
    this.loading += 1;
    try {
      const [seals, incidents] = await Promise.all([this.client.seals(), this.client.incidents(true)]);
      this.set({
        seals: new Map(seals.map((s) => [s.sealNumber, s])),
        incidents: new Map(incidents.map((i) => [i.id, i])),
        loaded: true, failed: false,
      });
      // Events that came while reading may be newer than what was read.
      for (const event of this.meanwhile) this.keep(event);
    } catch {
      this.set({ failed: true });
    } finally {
      this.loading -= 1;
      if (this.loading === 0) this.meanwhile = [];
    }
  }

  /** Puts an answer of the station in at once, ahead of its own event. */
  putIncident(incident: IncidentCard): void {
    const incidents = new Map(this.state.incidents);
    if (incident.handling === 'closed') incidents.delete(incident.id);
    else incidents.set(incident.id, incident);
    this.set({ incidents });
  }

  private apply(event: LiveEvent): void {
    if (event.name === 'reset') void this.load();
    else if (this.loading > 0 && (event.name === 'incident' || event.name === 'seal')) this.meanwhile.push(event);
    this.keep(event);
    for (const listener of this.listeners) listener(event);
  }

  private keep(event: LiveEvent): void {
    switch (event.name) {
      case 'incident':
        this.putIncident(event.data);
        break;
      case 'seal':
        this.set({ seals: new Map(this.state.seals).set(event.data.sealNumber, event.data) });
        break;
      case 'log':
        this.set({ log: event.data });
        break;
      case 'chain':
        this.set({ chain: event.data });
        break;
      case 'health':
        this.set({ health: event.data });
        break;
      case 'tick':
        this.tick(event.data.at);
        break;
    }
  }

  private tick(at: string): void {
    const offset = new Date(at).getTime() - this.now();
    if (Number.isFinite(offset) && Math.abs(offset - this.state.clockOffset) > 500) this.set({ clockOffset: offset });
  }

  private connected(connection: Connection): void {
    const lostAt = connection === 'lost' ? (this.state.lostAt ?? this.now()) : null;
    this.set({ connection, lostAt });
  }

  private set(change: Partial<StationState>): void {
    this.state = { ...this.state, ...change };
    this.notify();
  }

  private notify(): void {
    for (const watcher of this.watchers) watcher();
  }
}
