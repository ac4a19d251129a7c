import { AlertFilled, BellOutlined, CheckCircleFilled, SoundFilled } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { Link, useLocation } from 'react-router';
import { wait } from '../i18n/format';
import { useWords } from '../i18n/LanguageContext';
import { waiting } from '../live/alarms';
import { useNow, useSound, useStation, useStationState } from './StationContext';

/** On every page: how many alarms wait, for how long, and whether this console can be heard. */
export function AlarmBar() {
  const { t, language, name, place } = useWords();
  const { incidents } = useStationState();
  const { sound } = useStation();
  const now = useNow(1000);
  const { count, incidents: open, since } = waiting(incidents.values());
  useEffect(() => {
    sound.ring(count > 0);
  }, [sound, count]);
  const first = open[0];
  const { pathname } = useLocation();
  const to = first ? `/incidents/${encodeURIComponent(first.id)}` : '';

  return (
    <section className={`alarm-bar ${count > 0 ? 'alarm-bar-red' : ''}`} aria-label={t('alarm.region')}>
      {first && since !== null ? (
        <>
          <AlertFilled className="alarm-icon" aria-hidden />
          <strong className="alarm-count">{count === 1 ? t('alarm.countOne') : t('alarm.count', { n: count })}</strong>
          <span className="alarm-wait">{t('alarm.longest', { time: wait(language, now - since) })}</span>
          <span className="alarm-what">{name('kind', first.kind)} · {first.caseNumber} · {place(first)}</span>
          {pathname !== to && <Link className="alarm-open" to={to}>{t('alarm.open')}</Link>}
        </>
      ) : (
        <span className="alarm-quiet"><CheckCircleFilled aria-hidden /> {t('alarm.none')}</span>
      )}
      <SoundButton />
      <NewAlarmVoice />
    </section>
  );
}

function SoundButton() {
  const { t } = useWords();
  const { sound } = useStation();
  const state = useSound();
  if (state === 'off') {
    return (
      <Button className="sound-off" icon={<BellOutlined aria-hidden />} onClick={() => void sound.arm()}>
        {t('sound.off')}
      </Button>
    );
  }
  return (
    <span className="sound-armed">
      <span role="status"><SoundFilled aria-hidden /> {t(state === 'ringing' ? 'sound.ringing' : 'sound.armed')}</span>
      <Button size="small" onClick={() => void sound.disarm()}>{t('sound.disarm')}</Button>
    </span>
  );
}

/** Speaks a new critical alarm to screen readers at once; lesser ones wait their turn. */
function NewAlarmVoice() {
  const { t, name, place } = useWords();
  const { incidents, loaded } = useStationState();
  const known = useRef<Set<string> | null>(null);
  const [spoken, setSpoken] = useState({ critical: '', lesser: '' });
  useEffect(() => {
    if (!loaded) return;
    const open = waiting(incidents.values()).incidents;
    // A new episode of an old incident is news as well. What was open on arrival is on the screen already.
    const before = known.current;
    known.current = new Set(open.map((i) => `${i.id}/${i.episodes}`));
    const fresh = before && open.find((i) => !before.has(`${i.id}/${i.episodes}`));
    if (!fresh) return;
    const text = t('alarm.new', { kind: name('kind', fresh.kind), address: place(fresh), case: fresh.caseNumber });
    setSpoken(fresh.level >= 3 ? { critical: text, lesser: '' } : { critical: '', lesser: text });
  }, [incidents, loaded, t, name, place]);
  return (
    <>
      <div className="unseen" role="alert" aria-live="assertive">{spoken.critical}</div>
      <div className="unseen" role="status" aria-live="polite">{spoken.lesser}</div>
    </>
  );
}
