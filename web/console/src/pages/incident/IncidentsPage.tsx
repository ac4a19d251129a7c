import { Segmented } from 'antd';
import { useEffect } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { IncidentCard } from '../../api/types';
import { useLoad } from '../../app/useLoad';
import { useNow, useStation, useStationState } from '../../app/StationContext';
import { dateTime, wait } from '../../i18n/format';
import { useWords } from '../../i18n/LanguageContext';
import { byUrgency } from '../../live/alarms';
import { IncidentBadges, LevelBadge } from '../../widgets/Badge';
import { Failure, Loading } from '../../widgets/Failure';
import { Picture } from '../../widgets/Picture';

export function IncidentsPage() {
  const { t } = useWords();
  const [params, setParams] = useSearchParams();
  const all = params.get('show') === 'all';
  return (
    <>
      <div className="page-head">
        <h1>{t('incidents.title')}</h1>
        <Segmented value={all ? 'all' : 'open'} onChange={(value) => setParams(value === 'all' ? { show: 'all' } : {})}
          options={[{ value: 'open', label: t('incidents.open') }, { value: 'all', label: t('incidents.all') }]} />
      </div>
      {all ? <AllIncidents /> : <OpenIncidents />}
    </>
  );
}

function OpenIncidents() {
  const { t } = useWords();
  const { incidents, loaded } = useStationState();
  if (!loaded) return <Loading />;
  return <IncidentList incidents={[...incidents.values()].sort(byUrgency)} empty={t('incidents.empty')} />;
}

function AllIncidents() {
  const { t } = useWords();
  const { client, store } = useStation();
  const { data, failure, reload } = useLoad('all', () => client.incidents(false));
  useEffect(() => store.listen((event) => { if (event.name === 'incident' || event.name === 'reset') reload(); }), [store, reload]);
  if (failure && !data) return <Failure failure={failure} retry={reload} />;
  if (!data) return <Loading />;
  return <IncidentList incidents={data} empty={t('incidents.emptyAll')} />;
}

function IncidentList({ incidents, empty }: { incidents: readonly IncidentCard[]; empty: string }) {
  const { t, language, name, place } = useWords();
  const now = useNow(1000);
  if (incidents.length === 0) return <div className="empty"><p>{empty}</p></div>;
  return (
    <ul className="incident-list">
      {incidents.map((incident) => (
        <li key={incident.id} className={incident.handling === 'unacknowledged' ? 'incident-row incident-row-red' : 'incident-row'}>
          <Picture className="incident-thumb" hash={incident.thumbnail} alt="" empty={t('wall.noStill')} />
          <div>
            <h2><Link className="tile-link" to={`/incidents/${encodeURIComponent(incident.id)}`}>{name('kind', incident.kind)} · {incident.caseNumber}</Link></h2>
            <p>{place(incident)}</p>
            <p className="tile-badges"><LevelBadge level={incident.level} /><IncidentBadges incident={incident} /></p>
            <p className="quiet">
              {t('incidents.opened', { time: dateTime(incident.openedAt) })}
              {incident.handling === 'unacknowledged' && <> · <b>{t('incident.waiting', { time: wait(language, now - Date.parse(incident.openedAt)) })}</b></>}
              {' · '}{t('incident.warnings', { n: incident.warningsSent })}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
