import { CheckCircleFilled, ClockCircleOutlined, CloseCircleFilled } from '@ant-design/icons';
import type { IncidentDetail } from '../../api/types';
import { clock } from '../../i18n/format';
import { useWords } from '../../i18n/LanguageContext';
import { Badge } from '../../widgets/Badge';

const good = new Set(['handedOff', 'network.accepted', 'delivered', 'seen']);
const open = new Set(['pending', 'buffered', 'dropped']);

/** Every attempt to tell somebody, and what became of it. */
export function WarningList({ incident }: { incident: IncidentDetail }) {
  const { t, name } = useWords();
  const sorted = [...incident.warnings].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  return (
    <section className="card" aria-labelledby="warnings-head">
      <h2 id="warnings-head">{t('incident.warningsList')}</h2>
      {sorted.length === 0 ? <p className="quiet">{t('incident.noWarnings')}</p> : (
        <ul className="warnings" tabIndex={0} aria-labelledby="warnings-head">
          {sorted.map((w, i) => (
            <li key={`${w.attempt}-${w.channel}-${w.recipient}-${i}`}>
              <time dateTime={w.at}>{clock(w.at)}</time>
              <span>{name('channel', w.channel)} {w.recipient}</span>
              <Result result={w.result ?? 'pending'} reason={w.reason ?? null} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Result({ result, reason }: { result: string; reason: string | null }) {
  const { name } = useWords();
  if (good.has(result)) return <Badge tone="green" icon={<CheckCircleFilled aria-hidden />}>{name('result', result)}</Badge>;
  if (open.has(result)) return <Badge tone={result === 'dropped' ? 'grey' : 'blue'} icon={<ClockCircleOutlined aria-hidden />}>{name('result', result)}</Badge>;
  return <Badge tone="red" icon={<CloseCircleFilled aria-hidden />}>{name('result', result)}{reason ? ` (${reason})` : ''}</Badge>;
}
