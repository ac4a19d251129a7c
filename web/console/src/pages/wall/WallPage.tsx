import { SearchOutlined } from '@ant-design/icons';
import { Alert, Button, Input, Segmented } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { may, useStation, useStationState } from '../../app/StationContext';
import { useWords } from '../../i18n/LanguageContext';
import { Loading } from '../../widgets/Failure';
import { SealTile } from './SealTile';
import { countBy, wallSeals, type WallFilter } from './wallFilter';

const filters: readonly WallFilter[] = ['all', 'alarm', 'silent', 'expiring', 'notArmed'];
// Each live picture costs a decoder here and a 4G uplink at a door.
const liveAtOnce = 4;

export function WallPage() {
  const { t } = useWords();
  const { me, store } = useStation();
  const { seals, loaded, failed } = useStationState();
  const [search, setSearch] = useState('');
  const [params, setParams] = useSearchParams();
  const asked = params.get('show') as WallFilter | null;
  const filter = asked && filters.includes(asked) ? asked : 'all';
  const shown = wallSeals(seals.values(), filter, search);
  const counts = countBy(seals.values());
  const live = new Set(shown.filter((s) => s.openIncident && s.deviceState === 'alarm').slice(0, liveAtOnce).map((s) => s.sealNumber));

  return (
    <>
      <div className="page-head">
        <h1>{t('wall.title')}</h1>
        <Input className="wall-search" allowClear prefix={<SearchOutlined aria-hidden />} value={search} maxLength={100}
          aria-label={t('wall.search')} placeholder={t('wall.search')} onChange={(e) => setSearch(e.target.value)} />
        <div className="scroll-x">
          <Segmented aria-label={t('wall.filter')} value={filter}
            onChange={(value) => setParams(value === 'all' ? {} : { show: value })}
            options={filters.map((f) => ({ value: f, label: `${t(`wall.${f}`)} ${counts[f]}` }))} />
        </div>
      </div>
      {failed && <Alert type="error" showIcon title={t('fail.network')} action={<Button onClick={() => void store.load()}>{t('common.retry')}</Button>} />}
      {!loaded && !failed && <Loading />}
      {loaded && seals.size === 0 && (
        <div className="empty">
          <p>{t('wall.empty')}</p>
          {may(me, 'order') && <Link className="button-link" to="/orders/new">{t('nav.order')}</Link>}
        </div>
      )}
      {loaded && seals.size > 0 && shown.length === 0 && <div className="empty"><p>{t('wall.emptyFilter')}</p></div>}
      <div className="wall">
        {shown.map((seal) => <SealTile key={seal.sealNumber} seal={seal} live={live.has(seal.sealNumber)} />)}
      </div>
    </>
  );
}
