import { Spin } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { StationClient } from '../api/client';
import type { Me } from '../api/types';
import { languageIsDefault, useWords } from '../i18n/LanguageContext';
import { AlarmSound } from '../live/AlarmSound';
import { StationStore } from '../live/StationStore';
import { SignInPage } from '../pages/signin/SignInPage';
import { Shell } from './Shell';
import { StationContext, type Station } from './StationContext';

/** Shows the sign-in page or the console, and ties one client, store and sound to the person signed in. */
export function Session() {
  const { t, setLanguage } = useWords();
  const [client] = useState(() => new StationClient());
  const [sound] = useState(() => new AlarmSound());
  const [me, setMe] = useState<Me | null | 'unknown'>('unknown');

  useEffect(() => {
    client.onSignedOut = () => setMe(null);
    client.session().then(setMe, () => setMe(null));
  }, [client]);

  const signedIn = me === 'unknown' || me === null ? null : me;
  useEffect(() => {
    if (signedIn && languageIsDefault()) setLanguage(signedIn.language);
    // Only when the person changes: a choice made afterwards stands.
  }, [signedIn?.login]);

  const station = useMemo<Station | null>(() => signedIn && ({
    client, sound, me: signedIn,
    store: new StationStore(client),
    signOut: () => void client.signOut().catch(() => undefined).then(() => setMe(null)),
  }), [client, sound, signedIn]);

  useEffect(() => {
    station?.store.start();
    return () => {
      station?.store.stop();
      sound.ring(false);
    };
  }, [station, sound]);

  if (me === 'unknown') return <div className="centre"><Spin size="large" aria-label={t('common.loading')} /></div>;
  if (!station) return <SignInPage client={client} onSignedIn={setMe} />;
  return <StationContext.Provider value={station}><Shell /></StationContext.Provider>;
}
