import { AlertFilled, StopFilled } from '@ant-design/icons';
import { Alert, Button, Popconfirm } from 'antd';
import type { Anchors, Courts } from '../../api/types';
import { may, useStation } from '../../app/StationContext';
import { useAction } from '../../app/useAction';
import { dateTime, shortHash } from '../../i18n/format';
import { useWords } from '../../i18n/LanguageContext';
import { useCount } from './useCount';

/** What must not be missed: a court with two histories, an engine that lied. Above everything else on the page. */
export function ChainAlerts({ courts, anchors, reload }: { courts: Courts; anchors: Anchors; reload: () => void }) {
  const { t, name, pick } = useWords();
  const count = useCount();
  const { engine } = anchors;
  const nameOf = (code: string) => {
    const court = courts.courts.find((c) => c.code === code);
    return court ? pick(court.name) : code;
  };
  return (
    <>
      {courts.forks.map((fork) => (
        <div className="chain-alarm" role="alert" key={fork.hash}>
          <AlertFilled aria-hidden />
          <div>
            <b>{t('chain.fork', { court: nameOf(fork.code) })}</b>
            <p>{t('chain.forkWhy', {
              first: count(fork.firstSize), second: count(fork.secondSize), time: dateTime(fork.foundAt), hash: shortHash(fork.hash),
            })}</p>
            <p><a href={`/api/courts/forks/${fork.hash}`} download>{t('chain.forkFile')}</a></p>
          </div>
        </div>
      ))}
      {engine.state === 'setAside' && <Aside anchors={anchors} reload={reload} />}
      {(engine.state === 'unreachable' || engine.state === 'behind') && (
        <Alert className="chain-warning" type="warning" showIcon
          title={t('chain.engineUnwell', { state: name('engineState', engine.state) })}
          description={<>{engine.trouble && <>{pick(engine.trouble)} </>}{t('chain.engineUnwellWhy')}</>} />
      )}
    </>
  );
}

function Aside({ anchors, reload }: { anchors: Anchors; reload: () => void }) {
  const { t, pick } = useWords();
  const { client, me } = useStation();
  const { busy, run } = useAction();
  const { engine } = anchors;
  const adopt = async (identity: string) => {
    await run(() => client.adoptEngine(identity), t('chain.adopted'));
    reload();
  };
  return (
    <div className="chain-alarm" role="alert">
      <StopFilled aria-hidden />
      <div>
        <b>{t('chain.aside')}</b>
        {engine.trouble && <p>{pick(engine.trouble)}</p>}
        <p>{t('chain.asideWhy')}</p>
        {engine.answers && (
          <p>
            {t('chain.asideAnswers')} <code>{engine.answers}</code> ({t(engine.answers === engine.identity ? 'chain.asideSame' : 'chain.asideOther')})
          </p>
        )}
        {engine.answers && may(me, 'adopt') && (
          <Popconfirm title={t('chain.adopt')} description={<span className="chain-ask">{t('chain.adoptAsk')}</span>}
            okText={t('chain.adopt')} cancelText={t('common.cancel')} onConfirm={() => adopt(engine.answers ?? '')}>
            <Button loading={busy}>{t('chain.adopt')}</Button>
          </Popconfirm>
        )}
      </div>
    </div>
  );
}
