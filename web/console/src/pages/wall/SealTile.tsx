import { AlertFilled, ThunderboltFilled } from '@ant-design/icons';
import { Link } from 'react-router';
import type { SealCard } from '../../api/types';
import { may, useStation } from '../../app/StationContext';
import { useWords } from '../../i18n/LanguageContext';
import { Age } from '../../widgets/Age';
import { DeviceBadge, LegalBadge, LevelBadge } from '../../widgets/Badge';
import { LivePicture } from '../../widgets/LivePicture';
import { Picture } from '../../widgets/Picture';

/** One seal on the wall: a still with its age, and the live picture only while it is in alarm (a door pays for 4G). */
export function SealTile({ seal, live }: { seal: SealCard; live: boolean }) {
  const { t, place } = useWords();
  const { me } = useStation();
  const alarm = Boolean(seal.openIncident);
  const to = seal.openIncident ? `/incidents/${encodeURIComponent(seal.openIncident)}` : `/seals/${encodeURIComponent(seal.sealNumber)}`;
  return (
    <article className={`tile ${alarm ? 'tile-alarm' : ''}`}>
      <div className="tile-picture">
        {live && may(me, 'pictures')
          ? <LivePicture seal={seal.sealNumber} small />
          : <Picture hash={seal.still} alt={t('player.label', { seal: seal.sealNumber })} empty={t('wall.noStill')} />}
        {!live && seal.still && seal.stillTime && <span className="tile-age"><Age at={seal.stillTime} phrase="wall.stillAge" /></span>}
        {live && <span className="tile-age live-dot">{t('player.playing')}</span>}
      </div>
      <div className="tile-body">
        <h2><Link to={to} className="tile-link">{seal.caseNumber}</Link></h2>
        <p className="tile-address">{place(seal)}</p>
        <p className="tile-badges">
          {alarm && seal.incidentLevel !== undefined && <LevelBadge level={seal.incidentLevel} />}
          <LegalBadge state={seal.legalState} />
          <DeviceBadge state={seal.deviceState} />
        </p>
        <p className="tile-facts">
          <DaysLeft seal={seal} />
          <Power seal={seal} />
          {seal.lastSeen ? <Age at={seal.lastSeen} phrase="wall.lastSeen" /> : <span>{t('wall.neverSeen')}</span>}
        </p>
        {alarm && <p className="tile-open"><AlertFilled aria-hidden /> {t('wall.openIncident')}</p>}
        <p className="tile-number"><Link to={`/seals/${encodeURIComponent(seal.sealNumber)}`}>{seal.sealNumber}</Link></p>
      </div>
    </article>
  );
}

export function DaysLeft({ seal }: { seal: Pick<SealCard, 'daysLeft' | 'until'> }) {
  const { t } = useWords();
  const text = seal.daysLeft > 0 ? t('wall.daysLeft', { n: seal.daysLeft })
    : seal.daysLeft === 0 ? t('wall.dueToday') : t('wall.overdue', { n: -seal.daysLeft });
  return <span className={seal.daysLeft <= 30 ? 'soon' : ''} title={seal.until}>{text}</span>;
}

export function Power({ seal }: { seal: Pick<SealCard, 'battery' | 'mains'> }) {
  const { t } = useWords();
  if (seal.battery === undefined && seal.mains === undefined) return null;
  const { battery, mains } = seal;
  return (
    <span className={typeof battery === 'number' && battery <= 20 ? 'soon' : ''}>
      {mains === true && <><ThunderboltFilled aria-hidden /> {t('wall.mains')} </>}
      {mains === false && <>{t('wall.onBattery')} </>}
      {typeof battery === 'number' && t('wall.battery', { n: battery })}
    </span>
  );
}
