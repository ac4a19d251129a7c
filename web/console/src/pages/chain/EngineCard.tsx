import { CheckCircleFilled, ClockCircleOutlined, DisconnectOutlined, MinusCircleOutlined, StopFilled, WarningFilled } from '@ant-design/icons';
import type { ReactNode } from 'react';
import type { Anchors, EngineState } from '../../api/types';
import { dateTime } from '../../i18n/format';
import { useWords } from '../../i18n/LanguageContext';
import { Badge } from '../../widgets/Badge';
import { Hash } from '../../widgets/Hash';
import { useCount } from './useCount';

const looks: Record<EngineState, ['red' | 'amber' | 'green' | 'grey', ReactNode]> = {
  none: ['grey', <MinusCircleOutlined key="i" aria-hidden />],
  good: ['green', <CheckCircleFilled key="i" aria-hidden />],
  behind: ['amber', <ClockCircleOutlined key="i" aria-hidden />],
  unreachable: ['amber', <DisconnectOutlined key="i" aria-hidden />],
  setAside: ['red', <StopFilled key="i" aria-hidden />],
};

/** The engine, what it was caught at, and what an authority outside says. */
export function EngineCard({ anchors }: { anchors: Anchors }) {
  const { t, name } = useWords();
  const count = useCount();
  const { engine, own } = anchors;
  const [tone, icon] = looks[engine.state];
  return (
    <section className="card engine-card" aria-labelledby="engine-head">
      <h2 id="engine-head">{t('chain.engine')}</h2>
      <dl className="facts">
        <div><dt>{t('chain.engine')}</dt><dd>{name('engine', engine.name)}</dd></div>
        <div><dt>{t('chain.engineState')}</dt><dd><Badge tone={tone} icon={icon}>{name('engineState', engine.state)}</Badge></dd></div>
        {engine.since && <div><dt>{t('chain.since')}</dt><dd>{dateTime(engine.since)}</dd></div>}
        {engine.identity && <div><dt>{t('chain.identity')}</dt><dd><Hash value={engine.identity} /></dd></div>}
        {engine.state !== 'none' && <div><dt>{t('chain.owed')}</dt><dd>{count(own.owed)}</dd></div>}
        {own.lastAt && <div><dt>{t('chain.lastAt')}</dt><dd>{dateTime(own.lastAt)}</dd></div>}
      </dl>
      {engine.name === 'sqlite' && <p className="quiet">{t('engine.embeddedNote')}</p>}
      <Alarms anchors={anchors} />
      <h3>{t('chain.timestamps')}</h3>
      {anchors.timestamps.length === 0 && <p className="quiet">{t('chain.noTimestamps')}</p>}
      <ul className="plain-list">
        {anchors.timestamps.slice(0, 5).map((stamp) => (
          <li key={stamp.day}><b>{stamp.day}</b> <span>{stamp.authority}</span> <span className="quiet">{dateTime(stamp.at)}</span></li>
        ))}
      </ul>
    </section>
  );
}

function Alarms({ anchors }: { anchors: Anchors }) {
  const { t, pick } = useWords();
  return (
    <>
      <h3>{t('chain.alarms')}</h3>
      {anchors.alarms.length === 0 && <p className="quiet">{t('chain.noAlarms')}</p>}
      <ul className="plain-list">
        {anchors.alarms.slice(0, 8).map((alarm) => (
          <li key={alarm.serial}>
            <WarningFilled className={alarm.setsAside ? 'alarm-engine' : 'alarm-court'} aria-hidden /> {pick(alarm.sentence)}{' '}
            <span className="quiet">{dateTime(alarm.at)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
