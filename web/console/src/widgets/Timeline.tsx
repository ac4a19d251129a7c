import { Link } from 'react-router';
import type { TimelineItem } from '../api/types';
import { clockMs, date } from '../i18n/format';
import { useWords } from '../i18n/LanguageContext';
import { Hash } from './Hash';
import { ProofSteps } from './ProofSteps';

/** Facts in order, newest first, each with its place in the proof and its name. */
export function Timeline({ items, empty }: { items: readonly TimelineItem[]; empty: string }) {
  const { t, pick } = useWords();
  if (items.length === 0) return <p className="quiet">{empty}</p>;
  const sorted = [...items].sort((a, b) => Date.parse(b.receivedAt) - Date.parse(a.receivedAt) || (b.sequence ?? 0) - (a.sequence ?? 0));
  return (
    <ol className="timeline">
      {sorted.map((item, i) => {
        const day = date(item.at);
        const newDay = i === 0 || date(sorted[i - 1]?.at ?? '') !== day;
        return (
          <li key={item.hash}>
            {newDay && <div className="timeline-day">{day}</div>}
            <time dateTime={item.at}>{clockMs(item.at)}</time>
            <span className="timeline-text">
              <b>{pick(item.text)}</b>
              <small>{item.issuer}</small>
            </span>
            <span className="timeline-proof">
              <ProofSteps state={item.state} />
              {item.index !== null && item.index !== undefined && <Link to={`/log/${item.index}`}>{t('incident.entry', { n: item.index })}</Link>}
              <Hash value={item.hash} />
            </span>
          </li>
        );
      })}
    </ol>
  );
}
