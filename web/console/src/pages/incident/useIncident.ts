import { useEffect, useRef } from 'react';
import type { IncidentDetail } from '../../api/types';
import { useLoad, type Loaded } from '../../app/useLoad';
import { useStation } from '../../app/StationContext';

// One alarm brings many facts at once; reading again for each would load station and page for nothing.
const gatherMs = 250;

/** One incident, read again when the feed says that something of it or its seal has changed. */
export function useIncident(id: string): Loaded<IncidentDetail> {
  const { client, store } = useStation();
  const loaded = useLoad(id, () => client.incident(id));
  const seal = useRef<string | undefined>(undefined);
  seal.current = loaded.data?.sealNumber;
  const { reload } = loaded;

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stopListening = store.listen((event) => {
      const concerns = (event.name === 'incident' && event.data.id === id)
        || (event.name === 'still' && event.data.incident === id)
        || ((event.name === 'fact' || event.name === 'command') && event.data.sealNumber === seal.current)
        || event.name === 'log' || event.name === 'reset';
      if (concerns) timer ??= setTimeout(() => { timer = undefined; reload(); }, gatherMs);
    });
    return () => {
      clearTimeout(timer);
      stopListening();
    };
  }, [id, store, reload]);
  return loaded;
}
