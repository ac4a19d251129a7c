import { Alert } from 'antd';
import { useEffect } from 'react';
import type { Anchors, Courts } from '../../api/types';
import { useStation } from '../../app/StationContext';
import { useLoad } from '../../app/useLoad';
import { useWords } from '../../i18n/LanguageContext';
import { Failure, Loading } from '../../widgets/Failure';
import { BlockStrip } from './BlockStrip';
import { ChainAlerts } from './ChainAlerts';
import { CourtLogs } from './CourtLogs';
import { EngineCard } from './EngineCard';
import { standsAlone } from './chainModel';
import { useCount } from './useCount';

export function ChainPage() {
  const { t } = useWords();
  const { client, store } = useStation();
  const { data, failure, reload } = useLoad('chain', async () => {
    const [courts, anchors] = await Promise.all([client.courts(), client.anchors()]);
    return { courts, anchors };
  });
  useEffect(() => store.listen((event) => { if (event.name === 'chain' || event.name === 'reset') reload(); }), [store, reload]);
  if (failure && !data) return <Failure failure={failure} retry={reload} />;
  if (!data) return <Loading />;
  const { courts, anchors } = data;
  const alone = standsAlone(courts);
  return (
    <div className="chain-page">
      <div className="page-head"><h1>{t('chain.title')}</h1></div>
      <p className="quiet chain-lead">{t('chain.lead')}</p>
      <ChainAlerts courts={courts} anchors={anchors} reload={reload} />
      <Summary courts={courts} anchors={anchors} />
      {alone && <Alert className="chain-note" type="info" showIcon title={t('chain.alone')} description={t('chain.aloneWhy')} />}
      <BlockStrip anchors={anchors} courts={courts.courts} />
      <div className="chain-columns">
        <CourtLogs courts={courts} anchors={anchors} />
        <EngineCard anchors={anchors} />
      </div>
    </div>
  );
}

function Summary({ courts, anchors }: { courts: Courts; anchors: Anchors }) {
  const { t } = useWords();
  const count = useCount();
  const { epoch } = courts;
  const log = courts.logs.find((l) => l.code === courts.self);
  return (
    <section className="card chain-summary" aria-label={t('chain.summary')}>
      <dl>
        <div><dt>{t('chain.sequenced')}</dt><dd>{count(log?.size ?? 0)}</dd></div>
        <div><dt>{t('chain.final')}</dt><dd>{count(log?.finalSize ?? 0)}</dd></div>
        <div><dt>{t('chain.anchored')}</dt><dd>{count(anchors.own.anchoredSize)}</dd></div>
        <div><dt>{t('chain.height')}</dt><dd>{count(anchors.chain.height)}</dd></div>
        <div>
          <dt>{t('chain.quorum')}</dt>
          <dd className="chain-quorum">
            {epoch ? <>{t('chain.quorumOf', { n: epoch.members, q: epoch.needed })} <small>{t('chain.epoch', { n: epoch.number })}</small></> : t('chain.aloneShort')}
          </dd>
        </div>
      </dl>
    </section>
  );
}
