import { Button, InputNumber } from 'antd';
import { useEffect, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import type { LogEntry } from '../../api/types';
import { useLoad } from '../../app/useLoad';
import { useStation } from '../../app/StationContext';
import { dateTime } from '../../i18n/format';
import { useWords } from '../../i18n/LanguageContext';
import { Failure, Loading } from '../../widgets/Failure';
import { CopyButton, Hash } from '../../widgets/Hash';
import { ProofSteps } from '../../widgets/ProofSteps';
import { HowToCheck } from './HowToCheck';

const pageSize = 50;

export function LogPage() {
  const { t } = useWords();
  const { client, store } = useStation();
  const { data: log, failure, reload } = useLoad('log', () => client.log());
  useEffect(() => store.listen((event) => { if (event.name === 'log' || event.name === 'chain' || event.name === 'reset') reload(); }), [store, reload]);
  if (failure && !log) return <Failure failure={failure} retry={reload} />;
  if (!log) return <Loading />;
  const healthy = log.health === 'ok';
  return (
    <>
      <div className="page-head"><h1>{t('log.title')}</h1></div>
      <div className="log-top">
        <section className="card" aria-label={t('log.title')}>
          <dl className="facts">
            <div><dt>{t('log.origin')}</dt><dd><code>{log.origin}</code></dd></div>
            <div><dt>{t('log.size')}</dt><dd><b className="log-size">{log.size}</b></dd></div>
            <div><dt>{t('proof.final')}</dt><dd>{log.states['final']}{log.standsAlone && <> ({t('log.alone')})</>}</dd></div>
            <div><dt>{t('proof.anchored')}</dt><dd>{log.states['anchored']}</dd></div>
            <div><dt>{t('log.health')}</dt><dd><b className={healthy ? 'good' : 'soon'}>{healthy ? t('log.healthy') : log.health}</b></dd></div>
            <div><dt>{t('log.root')}</dt><dd><Hash value={log.root} /></dd></div>
            <div><dt>{t('log.key')}</dt><dd><Hash value={log.logKey} /></dd></div>
          </dl>
          <h2>{t('log.checkpoint')} <CopyButton text={log.checkpoint} /></h2>
          <pre className="checkpoint" tabIndex={0} aria-label={t('log.checkpoint')}>{log.checkpoint}</pre>
          <p className="quiet">{t('log.checkpointNote')}</p>
        </section>
        <HowToCheck />
      </div>
      <Entries size={log.size} />
    </>
  );
}

function Entries({ size }: { size: number }) {
  const { t } = useWords();
  const { client } = useStation();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const [wanted, setWanted] = useState<number | null>(null);
  // Newest first: without a chosen page the list follows the end of the log.
  const asked = Number(params.get('before') ?? size);
  const end = Number.isInteger(asked) && asked > 0 ? Math.min(asked, size) : size;
  const from = Math.max(0, end - pageSize);
  const { data, failure, reload } = useLoad(`${from}-${end}`, () => (end === 0 ? Promise.resolve([]) : client.logEntries(from, end - from)));
  const [shown, setShown] = useState<LogEntry[] | null>(null);
  useEffect(() => {
    if (data) setShown(data);
  }, [data]);
  const rows = data ?? shown;
  const go = () => {
    if (wanted !== null && wanted >= 0 && wanted < size) void navigate(`/log/${wanted}`);
  };

  return (
    <section className="card" aria-labelledby="entries-head">
      <div className="entries-head">
        <h2 id="entries-head">{t('log.entries')}</h2>
        <span className="quiet">{size > 0 && t('log.shown', { from, to: end - 1 })}</span>
        <Button size="small" disabled={end >= size} onClick={() => setParams(end + pageSize >= size ? {} : { before: String(end + pageSize) })}>{t('log.newer')}</Button>
        <Button size="small" disabled={from === 0} onClick={() => setParams({ before: String(from) })}>{t('log.older')}</Button>
        <form onSubmit={(e) => { e.preventDefault(); go(); }}>
          <InputNumber size="small" min={0} max={Math.max(0, size - 1)} precision={0} value={wanted} onChange={setWanted}
            aria-label={t('log.goto')} placeholder={t('log.goto')} />
          <Button size="small" htmlType="submit">{t('log.go')}</Button>
        </form>
      </div>
      {failure && <Failure failure={failure} retry={reload} />}
      {rows?.length === 0 && <p className="quiet">{t('log.empty')}</p>}
      {rows && rows.length > 0 && <EntryTable rows={rows} />}
    </section>
  );
}

function EntryTable({ rows }: { rows: readonly LogEntry[] }) {
  const { t } = useWords();
  return (
    <div className="scroll-x" tabIndex={0} role="group" aria-labelledby="entries-head">
      <table className="entries">
        <thead>
          <tr>
            <th scope="col">{t('log.index')}</th><th scope="col">{t('log.at')}</th><th scope="col">{t('log.kind')}</th>
            <th scope="col">{t('log.subject')}</th><th scope="col">{t('log.issuer')}</th><th scope="col">{t('log.bytes')}</th><th scope="col">{t('log.proofState')}</th><th scope="col">{t('log.hash')}</th>
          </tr>
        </thead>
        <tbody>
          {[...rows].sort((a, b) => b.index - a.index).map((e) => (
            <tr key={e.index}>
              <td><Link to={`/log/${e.index}`}>{e.index}</Link></td><td>{dateTime(e.at)}</td><td><code>{e.kind}</code></td>
              <td>{e.subject}</td><td>{e.issuer}</td><td className="number">{e.bytes}</td><td><ProofSteps state={e.state} index={e.index} /></td><td><Hash value={e.hash} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
