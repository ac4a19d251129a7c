import { Button, Switch } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { TimelineItem } from '../api/types';
import { clockMs, date } from '../i18n/format';
import { useWords } from '../i18n/LanguageContext';
import { Hash } from './Hash';
import { ProofSteps } from './ProofSteps';
import { newestFirst } from './timelineItems';

const atOnce = 60;

/** Facts in order, newest first, each with its place in the proof and its name. Routine ones are shown when asked for. */
export function Timeline({ items, empty }: { items: readonly TimelineItem[]; empty: string }) {
  const { t } = useWords();
  const [all, setAll] = useState(false);
  const [limit, setLimit] = useState(atOnce);
  if (items.length === 0) return <p className="quiet">{empty}</p>;
  const sorted = newestFirst(items);
  const routine = sorted.filter((item) => item.routine).length;
  const wanted = all ? sorted : sorted.filter((item) => !item.routine);
  const shown = wanted.slice(0, limit);
  return (
    <>
      {routine > 0 && (
        <label className="timeline-all">
          <Switch size="small" checked={all} onChange={setAll} /> {t('timeline.routine', { n: routine })}
        </label>
      )}
      <ol className="timeline">
        {shown.map((item, i) => (
          <Row key={item.hash} item={item} newDay={i === 0 || date(shown[i - 1]?.at ?? '') !== date(item.at)} />
        ))}
      </ol>
      {wanted.length > limit && <Button onClick={() => setLimit(limit + 200)}>{t('timeline.more', { n: wanted.length - limit })}</Button>}
    </>
  );
}

function Row({ item, newDay }: { item: TimelineItem; newDay: boolean }) {
  const { t, pick } = useWords();
  return (
    <li>
      {newDay && <div className="timeline-day">{date(item.at)}</div>}
      <time dateTime={item.at}>{clockMs(item.at)}</time>
      <span className="timeline-text">
        <b>{pick(item.text)}</b>
        <small>{item.issuer}</small>
      </span>
      <span className="timeline-proof">
        <ProofSteps state={item.state} index={item.index} />
        {item.index !== undefined && <Link to={`/log/${item.index}`}>{t('incident.entry', { n: item.index })}</Link>}
        <Hash value={item.hash} />
      </span>
    </li>
  );
}
