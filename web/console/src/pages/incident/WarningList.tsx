import { CheckCircleFilled, ClockCircleOutlined, CloseCircleFilled } from '@ant-design/icons';
import type { IncidentDetail } from '../../api/types';
import { clock } from '../../i18n/format';
import { useWords } from '../../i18n/LanguageContext';
import { Badge } from '../../widgets/Badge';

const good = new Set(['handedOff', 'delivered', 'seen', 'sent', 'ok', 'accepted']);

/** Every attempt to tell somebody, and what became of it. */
export function WarningList({ incident }: { incident: IncidentDetail }) {
  const { t, name } = useWords();
  const sorted = [...incident.warnings].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  return (
    <section className="card" aria-labelledby="warnings-head">
      <h2 id="warnings-head">{t('incident.warningsList')}</h2>
      {sorted.length === 0 ? <p className="quiet">{t('incident.noWarnings')}</p> : (
        <ul className="warnings">
          {sorted.map((w, i) => (
            <li key={`${w.attempt}-${w.channel}-${w.recipient}-${i}`}>
              <time dateTime={w.at}>{clock(w.at)}</time>
              <span>{name('channel', w.channel)} {w.recipient}</span>
              {!w.result ? <Badge tone="blue" icon={<ClockCircleOutlined aria-hidden />}>{t('result.pending')}</Badge>
                : good.has(w.result) ? <Badge tone="green" icon={<CheckCircleFilled aria-hidden />}>{name('result', w.result)}</Badge>
                  : <Badge tone="red" icon={<CloseCircleFilled aria-hidden />}>{name('result', w.result)}{w.reason ? `：${w.reason}` : ''}</Badge>}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
