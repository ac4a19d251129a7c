import { DisconnectOutlined, WarningOutlined } from '@ant-design/icons';
import { clock } from '../i18n/format';
import { useWords } from '../i18n/LanguageContext';
import { useStationState } from './StationContext';

const parts = ['log', 'channels', 'auditor'] as const;

/** Says when the page is not live, and when a part of the station is unwell. */
export function ConnectionBanner() {
  const { t } = useWords();
  const { connection, lostAt, health } = useStationState();
  // A part says "ok", or in a sentence what is wrong with it.
  const unwell = health ? parts.filter((part) => health[part] !== 'ok') : [];
  return (
    <div role="status">
      {connection === 'lost' && (
        <div className="banner banner-lost">
          <DisconnectOutlined aria-hidden /> {t('live.lost')} {lostAt !== null && t('live.lostSince', { time: clock(lostAt) })}
        </div>
      )}
      {health && unwell.length > 0 && (
        <div className="banner banner-unwell">
          <WarningOutlined aria-hidden /> {t('health.bad', { parts: unwell.map((p) => `${t(`health.${p}`)} (${health[p]})`).join('; ') })}
        </div>
      )}
    </div>
  );
}
