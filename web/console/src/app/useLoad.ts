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
  const turn = useRef(0);

  const reload = useCallback(() => {
    const mine = ++turn.current;
    reading.current().then(
      (data) => { if (mine === turn.current) setState({ key, data, failure: null }); },
      (error: unknown) => {
        if (mine !== turn.current) return;
        const failure = error instanceof ApiFailure ? error : new ApiFailure('network', null);
        setState((old) => ({ key, data: old.key === key ? old.data : null, failure }));
      },
    );
  }, [key]);

  useEffect(reload, [reload]);
  const put = useCallback((data: T) => {
    turn.current += 1;
    setState({ key, data, failure: null });
  }, [key]);

  return state.key === key
    ? { data: state.data, failure: state.failure, reload, put }
    : { data: null, failure: null, reload, put };
}
