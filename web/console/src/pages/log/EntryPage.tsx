import { CheckCircleFilled, CloseCircleFilled, DownloadOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import { useEffect, useState } from 'react';
import { Link, useParams } from 'react-router';
import { receiptUrl, type StationClient } from '../../api/client';
import type { LogEntryDetail, LogSummary } from '../../api/types';
import { useLoad } from '../../app/useLoad';
import { useStation } from '../../app/StationContext';
import { dateTime } from '../../i18n/format';
import { useWords } from '../../i18n/LanguageContext';
import { Failure, Loading } from '../../widgets/Failure';
import { Hash } from '../../widgets/Hash';
import { ProofSteps } from '../../widgets/ProofSteps';
import { HowToCheck } from './HowToCheck';
import { canHash, foldPath, fromBase64, type MerkleStep } from './merkle';
import { MerklePath } from './MerklePath';

export function EntryPage() {
  const { index = '' } = useParams();
  const { t } = useWords();
  const { client } = useStation();
  const number = Number(index);
  const { data, failure, reload } = useLoad(index, () => readTogether(client, number));
  if (failure && !data) return <Failure failure={failure} retry={reload} />;
  if (!data) return <Loading />;
  const { entry, log } = data;
  return (
    <>
      <div className="page-head">
        <h1>{t('log.entry', { n: entry.index })}</h1>
        <Link to="/log">{t('log.title')}</Link>
      </div>
      <div className="log-top">
        <section className="card" aria-label={t('log.entry', { n: entry.index })}>
          <dl className="facts">
            <div><dt>{t('log.kind')}</dt><dd><code>{entry.kind}</code></dd></div>
            <div><dt>{t('log.at')}</dt><dd>{dateTime(entry.at)}</dd></div>
            <div><dt>{t('log.subject')}</dt><dd>{entry.subject}</dd></div>
            <div><dt>{t('log.issuer')}</dt><dd>{entry.issuer}</dd></div>
            <div><dt>{t('log.bytes')}</dt><dd>{entry.bytes}</dd></div>
            <div><dt>{t('log.proofState')}</dt><dd><ProofSteps state={entry.state} index={entry.index} /></dd></div>
            <div><dt>{t('log.hash')}</dt><dd><Hash value={entry.hash} /></dd></div>
          </dl>
          <h2>{t('log.body')}</h2>
          <pre className="checkpoint" tabIndex={0} aria-label={t('log.body')}>{entry.body}</pre>
          {entry.receipt
            ? <Button icon={<DownloadOutlined aria-hidden />} href={receiptUrl(entry.hash)} download={`${entry.hash}.receipt`}>{t('log.receipt')}</Button>
            : <p className="quiet">{t('log.receiptNone')}</p>}
        </section>
        <Proof entry={entry} log={log} />
      </div>
      <HowToCheck />
    </>
  );
}

/** The log may grow between the two answers; a few tries give a proof and a checkpoint of one size. */
async function readTogether(client: StationClient, index: number): Promise<{ entry: LogEntryDetail; log: LogSummary }> {
  for (let tries = 3; ; tries--) {
    const [entry, log] = await Promise.all([client.logEntry(index), client.log()]);
    if (tries === 1 || !entry.proof || entry.proof.treeSize === log.size) return { entry, log };
  }
}

type Check =
  | { state: 'checking' }
  | { state: 'cannot' }
  | { state: 'broken' }
  | { state: 'folded'; leaf: string; steps: MerkleStep[]; root: string };

/** Folds the path in this browser and holds the result against the log's checkpoint. */
function Proof({ entry, log }: { entry: LogEntryDetail; log: LogSummary }) {
  const { t } = useWords();
  const [check, setCheck] = useState<Check>({ state: 'checking' });
  const { proof } = entry;
  useEffect(() => {
    if (!proof) return;
    if (!canHash()) {
      setCheck({ state: 'cannot' });
      return;
    }
    let current = true;
    foldPath(fromBase64(entry.statement), entry.index, proof.treeSize, proof.path).then(
      (folded) => current && setCheck(folded ? { state: 'folded', ...folded } : { state: 'broken' }),
      () => current && setCheck({ state: 'broken' }));
    return () => {
      current = false;
    };
  }, [entry, proof]);

  return (
    <section className="card" aria-labelledby="proof-head">
      <h2 id="proof-head">{t('log.proof')}</h2>
      {!proof ? <p className="quiet">{t('log.proofNone')}</p> : (
        <>
          <Verdict check={check} treeSize={proof.treeSize} log={log} />
          <p>{t('log.proofPlain', { n: proof.path.length })}</p>
          {check.state === 'folded' && <MerklePath leaf={check.leaf} steps={check.steps} />}
        </>
      )}
    </section>
  );
}

function Verdict({ check, treeSize, log }: { check: Check; treeSize: number; log: LogSummary }) {
  const { t } = useWords();
  if (check.state === 'checking') return <p>{t('log.checking')}</p>;
  if (check.state === 'cannot') return <Alert type="info" title={t('log.checkNeedsTls')} />;
  if (check.state === 'broken') return <Wrong />;
  // A root of another size cannot be compared with this checkpoint; it is shown for the receipt's own check.
  if (treeSize !== log.size) return <p>{t('log.checkedOther', { n: treeSize })}<Hash value={check.root} /></p>;
  if (check.root !== log.root) return <Wrong />;
  return <p className="good"><CheckCircleFilled aria-hidden /> {t('log.checked', { n: treeSize })}</p>;
}

function Wrong() {
  const { t } = useWords();
  return <Alert role="alert" type="error" title={<><CloseCircleFilled aria-hidden /> {t('log.checkedWrong')}</>} />;
}
