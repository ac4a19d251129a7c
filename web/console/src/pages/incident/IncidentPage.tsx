import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { IncidentDetail } from '../../api/types';
import { may, useNow, useStation } from '../../app/StationContext';
import { clock, dateTime, wait } from '../../i18n/format';
import { useWords } from '../../i18n/LanguageContext';
import { IncidentBadges, LevelBadge } from '../../widgets/Badge';
import { Failure, Loading } from '../../widgets/Failure';
import { Timeline } from '../../widgets/Timeline';
import { ActionPanel } from './ActionPanel';
import { ScenePane, type SceneView } from './ScenePane';
import { StillStrip } from './StillStrip';
import { WarningList } from './WarningList';
import { useIncident } from './useIncident';

export function IncidentPage() {
  const { id = '' } = useParams();
  const { t } = useWords();
  const { me } = useStation();
  const { data: incident, failure, reload, put } = useIncident(id);
  const [view, setView] = useState<SceneView>({ mode: 'live' });
  if (failure && !incident) return <Failure failure={failure} retry={reload} />;
  if (!incident) return <Loading />;
  const pictures = may(me, 'pictures');

  return (
    <div className="incident">
      <IncidentHead incident={incident} />
      <div className="incident-scene">
        {pictures
          ? <ScenePane incident={incident} view={view} onView={setView} />
          : <p className="picture-none scene-none">{t('incident.noPictures')}</p>}
        {pictures && <StillStrip stills={incident.stills} chosen={view.mode === 'still' ? view.hash : null}
          onChoose={(hash) => setView({ mode: 'still', hash })} />}
      </div>
      <div className="incident-side">
        <ActionPanel incident={incident} onChanged={put} />
        <WarningList incident={incident} />
      </div>
      <section className="incident-timeline card" aria-labelledby="timeline-head">
        <h2 id="timeline-head">{t('incident.timeline')}</h2>
        <Timeline items={incident.timeline} empty={t('incident.noTimeline')} />
      </section>
    </div>
  );
}

function IncidentHead({ incident }: { incident: IncidentDetail }) {
  const { t, language, name, place } = useWords();
  const now = useNow(1000);
  return (
    <header className="incident-head">
      <div>
        <h1>{incident.caseNumber} <span className="head-address">{place(incident)}</span></h1>
        <p className="tile-badges">
          <b className="incident-kind">{name('kind', incident.kind)}</b>
          <LevelBadge level={incident.level} />
          <IncidentBadges incident={incident} />
          {incident.handling === 'unacknowledged' && (
            <b className="incident-waiting">{t('incident.waiting', { time: wait(language, now - Date.parse(incident.openedAt)) })}</b>
          )}
        </p>
        <p className="quiet incident-facts">
          <span>{dateTime(incident.openedAt)}</span>
          {incident.episodes > 1 && <span>{t('incident.episodes', { n: incident.episodes })}</span>}
          <span>{t('incident.warnings', { n: incident.warningsSent })}</span>
          {incident.nextWarningAt && <span>{t('incident.nextWarning', { time: clock(incident.nextWarningAt) })}</span>}
          {incident.acknowledgedBy && incident.acknowledgedAt && (
            <span>{t('incident.ackBy', { who: incident.acknowledgedBy, time: clock(incident.acknowledgedAt) })}</span>
          )}
          {incident.outcome && <span>{t('incident.closedAs', { outcome: name('outcome', incident.outcome) })}{incident.note ? ` — ${incident.note}` : ''}</span>}
          <Link to={`/seals/${encodeURIComponent(incident.sealNumber)}`}>{t('incident.device')} {incident.sealNumber}</Link>
        </p>
      </div>
    </header>
  );
}
