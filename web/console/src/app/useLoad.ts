import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiFailure } from '../api/client';

export interface Loaded<T> {
  data: T | null;
  failure: ApiFailure | null;
  /** Reads again; what is shown stays until the answer comes. */
  reload: () => void;
  /** Puts an answer of another request in place of what was read. */
  put: (data: T) => void;
}

/** Reads once per key, and again on demand. Answers that come late for an older key are dropped. */
export function useLoad<T>(key: string, read: () => Promise<T>): Loaded<T> {
  const [state, setState] = useState<{ key: string; data: T | null; failure: ApiFailure | null }>(
    { key, data: null, failure: null });
  const reading = useRef(read);
  reading.current = read;
  const flight = useRef<{ key: string; again: boolean } | null>(null);

  const reload = useCallback(() => {
    // Events may come faster than answers: one read at a time, and one more when something came meanwhile.
    if (flight.current?.key === key) {
      flight.current.again = true;
      return;
    }
    const mine = { key, again: false };
    flight.current = mine;
    const land = (change: (old: { key: string; data: T | null }) => { key: string; data: T | null; failure: ApiFailure | null }) => {
      if (flight.current !== mine) return;
      flight.current = null;
      setState(change);
      if (mine.again) reload();
    };
    reading.current().then(
      (data) => land(() => ({ key, data, failure: null })),
      (error: unknown) => land((old) => ({
        key, data: old.key === key ? old.data : null, failure: error instanceof ApiFailure ? error : new ApiFailure('network', null),
      })),
    );
  }, [key]);

  useEffect(reload, [reload]);
  const put = useCallback((data: T) => {
    flight.current = null;
    setState({ key, data, failure: null });
  }, [key]);

  return state.key === key
    ? { data: state.data, failure: state.failure, reload, put }
    : { data: null, failure: null, reload, put };
}
