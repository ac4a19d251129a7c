import { DisconnectOutlined, WarningOutlined } from '@ant-design/icons';
import { clock } from '../i18n/format';
import type { WordKey } from '../i18n/dictionary';
import { useWords } from '../i18n/LanguageContext';
import { useStationState } from './StationContext';

const healthy = new Set(['ok', 'healthy', 'running', 'good']);

/** Says when the page is not live, and when a part of the station is unwell. */
export function ConnectionBanner() {
  const { t } = useWords();
  const { connection, lostAt, health } = useStationState();
  const parts: WordKey[] = [];
  if (health) {
    if (!healthy.has(health.log)) parts.push('health.log');
    if (!healthy.has(health.channels)) parts.push('health.channels');
    if (!healthy.has(health.auditor)) parts.push('health.auditor');
  }
  return (
    <div role="status">
      {connection === 'lost' && (
        <div className="banner banner-lost">
          <DisconnectOutlined aria-hidden /> {t('live.lost')} {lostAt !== null && t('live.lostSince', { time: clock(lostAt) })}
        </div>
      )}
      {parts.length > 0 && (
        <div className="banner banner-unwell">
          <WarningOutlined aria-hidden /> {t('health.bad', { parts: parts.map((p) => t(p)).join('、') })}
        </div>
      )}
    </div>
  );
}
