import { createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import type { StationClient } from '../api/client';
import type { Me, Role } from '../api/types';
import type { AlarmSound, SoundState } from '../live/AlarmSound';
import type { StationState, StationStore } from '../live/StationStore';

export interface Station {
  client: StationClient;
  store: StationStore;
  sound: AlarmSound;
  me: Me;
  signOut: () => void;
}

export const StationContext = createContext<Station | null>(null);

export function useStation(): Station {
  const station = useContext(StationContext);
  if (!station) throw new Error('useStation outside a session');
  return station;
}

export function useStationState(): StationState {
  const { store } = useStation();
  return useSyncExternalStore(store.subscribe, store.snapshot);
}

export function useSound(): SoundState {
  const { sound } = useStation();
  return useSyncExternalStore(sound.subscribe, sound.snapshot);
}

/** The station's time, renewed every so often: ages and waits must not follow a PC whose clock is wrong. */
export function useNow(everyMs: number): number {
  const { clockOffset } = useStationState();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now + clockOffset;
}

const rights = {
  pictures: ['administrator', 'judge', 'officer', 'auditor'],
  log: ['administrator', 'judge', 'clerk', 'officer', 'auditor'],
  handle: ['administrator', 'judge', 'officer'],
  order: ['administrator', 'judge', 'clerk'],
  decide: ['administrator', 'judge'],
  adopt: ['administrator'],
  mount: ['administrator', 'judge', 'clerk', 'officer'],
} as const satisfies Record<string, readonly Role[]>;

/** What a role is offered. The station decides; this only spares people buttons that would be refused. */
export function may(me: Me, right: keyof typeof rights): boolean {
  const allowed: readonly Role[] = rights[right];
  return me.roles.some((role) => allowed.includes(role));
}
