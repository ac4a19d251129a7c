import { PrinterOutlined, FilePdfOutlined } from '@ant-design/icons';
import { useEffect, useRef, type ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { rulingUrl, sheetUrl } from '../../api/client';
import type { SealDetail } from '../../api/types';
import { useLoad } from '../../app/useLoad';
import { may, useStation } from '../../app/StationContext';
import { useWords } from '../../i18n/LanguageContext';
import { Age } from '../../widgets/Age';
import { DeviceBadge, LegalBadge } from '../../widgets/Badge';
import { Failure, Loading } from '../../widgets/Failure';
import { Picture } from '../../widgets/Picture';
import { Timeline } from '../../widgets/Timeline';
import { DaysLeft, Power } from '../wall/SealTile';
import { CommandList } from './CommandList';
import { FrameDrawing } from './FrameDrawing';
import { PartyList } from './PartyList';
import { RulingUpload } from './RulingUpload';
import { SealActions } from './SealActions';

export function SealPage() {
  const { number = '' } = useParams();
  const { client, store } = useStation();
  const { data: seal, failure, reload, put } = useLoad(number, () => client.seal(number));
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => {
    const stopListening = store.listen((event) => {
      const concerns = event.name === 'reset' || ((event.name === 'seal' || event.name === 'fact' || event.name === 'command') && event.data.sealNumber === number);
      if (concerns) timer.current ??= setTimeout(() => { timer.current = undefined; reload(); }, 250);
    });
    return () => {
      clearTimeout(timer.current);
      timer.current = undefined;
      stopListening();
    };
  }, [store, number, reload]);

  if (failure && !seal) return <Failure failure={failure} retry={reload} />;
  if (!seal) return <Loading />;
  return <SealView seal={seal} onChanged={put} reload={reload} />;
}

function SealView({ seal, onChanged, reload }: { seal: SealDetail; onChanged: (seal: SealDetail) => void; reload: () => void }) {
  const { t, name, language, pick, place } = useWords();
  const { me } = useStation();
  return (
    <div className="seal-page">
      <header className="page-head seal-head">
        <h1>{seal.caseNumber} <span className="head-address">{place(seal)}</span></h1>
        <p className="tile-badges">
          <LegalBadge state={seal.legalState} /><DeviceBadge state={seal.deviceState} />
          <DaysLeft seal={seal} /><Power seal={seal} />
          {seal.lastSeen && <Age at={seal.lastSeen} phrase="wall.lastSeen" />}
          {seal.openIncident && <Link className="button-link button-red" to={`/incidents/${encodeURIComponent(seal.openIncident)}`}>{t('wall.openIncident')}</Link>}
        </p>
      </header>
      <div className="seal-left">
        <section className="card" aria-labelledby="order-head">
          <h2 id="order-head">{t('seal.order')}</h2>
          <dl className="facts">
            <Fact label={t('seal.number')}><code>{seal.sealNumber}</code></Fact>
            <Fact label={t('seal.court')}>{pick(seal.court)}</Fact>
            <Fact label={t('seal.category')}>{name('category', seal.category)}{seal.description ? ` · ${seal.description}` : ''}</Fact>
            <Fact label={t('seal.period')}>{seal.from} – {seal.until}</Fact>
            <Fact label={t('seal.device')}>{seal.deviceId ? <code>{seal.deviceId}</code> : t('common.none')}</Fact>
            <Fact label={t('seal.ruling')}>
              {seal.ruling
                ? <a href={rulingUrl(seal.sealNumber)} target="_blank" rel="noreferrer"><FilePdfOutlined aria-hidden /> {seal.ruling.name}</a>
                : <>{t('seal.noRuling')} {may(me, 'order') && <RulingUpload seal={seal.sealNumber} onDone={reload} />}</>}
            </Fact>
            <Fact label={t('seal.settings')}><Settings seal={seal} /></Fact>
          </dl>
          <a href={sheetUrl(seal.sealNumber, language)} target="_blank" rel="noreferrer"><PrinterOutlined aria-hidden /> {t('seal.sheet')}</a>
        </section>
        <section className="card" aria-labelledby="frame-head">
          <h2 id="frame-head">{t('seal.frame')}</h2>
          {seal.frame ? (
            <div className="seal-door">
              <FrameDrawing frame={seal.frame} />
              {seal.frame.baselinePhoto && (
                <figure className="baseline">
                  <Picture hash={seal.frame.baselinePhoto} alt={t('seal.baseline')} empty={t('wall.noStill')} />
                  <figcaption>{t('seal.baseline')}</figcaption>
                </figure>
              )}
            </div>
          ) : <p className="quiet">{t('seal.noFrame')}</p>}
        </section>
      </div>
      <div className="seal-right">
        <SealActions seal={seal} onChanged={onChanged} />
        <CommandList commands={seal.commands} />
        <PartyList parties={seal.parties} erased={seal.address === ''} />
      </div>
      <section className="card seal-history" aria-labelledby="history-head">
        <h2 id="history-head">{t('seal.history')}</h2>
        <Timeline items={seal.history} empty={t('incident.noTimeline')} />
      </section>
    </div>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return <div><dt>{label}</dt><dd>{children}</dd></div>;
}

function Settings({ seal }: { seal: SealDetail }) {
  const { t } = useWords();
  const reported = seal.reportedSettingsVersion;
  const known = reported !== undefined;
  return (
    <>
      {t('seal.settingsDesired', { n: seal.settingsVersion })} · {known ? t('seal.settingsReported', { n: reported }) : t('seal.settingsNever')}
      {known && <b className={reported === seal.settingsVersion ? '' : 'soon'}>（{t(reported === seal.settingsVersion ? 'seal.settingsSame' : 'seal.settingsBehind')}）</b>}
    </>
  );
}
