import {
  AlertFilled, CheckCircleFilled, ClockCircleOutlined, DisconnectOutlined, InboxOutlined, MinusCircleOutlined, StopOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import type { Anchors, Court, CourtLog, Courts, CourtState, Voice } from '../../api/types';
import { useNow } from '../../app/StationContext';
import { age } from '../../i18n/format';
import { useWords } from '../../i18n/LanguageContext';
import { Badge } from '../../widgets/Badge';
import { anchoredOf, barOf, inkOf, voiceOf } from './chainModel';
import { useCount } from './useCount';

type Tone = 'red' | 'amber' | 'green' | 'grey';

const looks: Record<CourtState, [Tone, ReactNode]> = {
  good: ['green', <CheckCircleFilled key="i" aria-hidden />],
  lagging: ['amber', <ClockCircleOutlined key="i" aria-hidden />],
  silent: ['amber', <DisconnectOutlined key="i" aria-hidden />],
  refused: ['amber', <StopOutlined key="i" aria-hidden />],
  sealed: ['grey', <InboxOutlined key="i" aria-hidden />],
  forked: ['red', <AlertFilled key="i" aria-hidden />],
};

/** Every court of the set with its log as a bar, and who vouches for it. */
export function CourtLogs({ courts, anchors }: { courts: Courts; anchors: Anchors }) {
  const { t } = useWords();
  return (
    <section className="card" aria-labelledby="courts-head">
      <h2 id="courts-head">{t('chain.logs')}</h2>
      <ul className="court-list">
        {courts.courts.map((court) => {
          const log = courts.logs.find((l) => l.code === court.code);
          return log && <CourtRow key={court.code} court={court} log={log} courts={courts} anchors={anchors} />;
        })}
      </ul>
    </section>
  );
}

function CourtRow({ court, log, courts, anchors }: { court: Court; log: CourtLog; courts: Courts; anchors: Anchors }) {
  const { t, language, name, pick } = useWords();
  const count = useCount();
  const now = useNow(5_000);
  const [tone, icon] = looks[court.state];
  const bar = barOf(log);
  const numbers = { size: count(log.size), held: count(log.heldSize), final: count(log.finalSize) };
  return (
    <li className={`court ink-${inkOf(courts.courts, court.code)}${court.state === 'forked' ? ' court-forked' : ''}`}>
      <div className="court-head">
        <b>{pick(court.name)}</b> <code className="court-code">{court.code}</code>
        <Badge tone={tone} icon={icon}>{name('court', court.state)}</Badge>
        <span className="quiet">
          {court.isSelf ? t('chain.self') : court.heardAt ? t('chain.heard', { age: age(language, court.heardAt, now) }) : t('chain.never')}
        </span>
      </div>
      {court.reason && <p className="court-reason">{court.reason}</p>}
      <div className="log-bar" role="img" aria-label={t('chain.bar', { court: pick(court.name), ...numbers })}>
        <i className="bar-held" style={{ width: `${bar.held}%` }} />
        <i className="bar-final" style={{ width: `${bar.final}%` }} />
      </div>
      <dl className="bar-legend">
        <div><dt><i className="key key-final" aria-hidden />{t('chain.final')}</dt><dd>{numbers.final}</dd></div>
        <div><dt><i className="key key-held" aria-hidden />{t('chain.held')}</dt><dd>{numbers.held}</dd></div>
        <div><dt><i className="key key-known" aria-hidden />{t('chain.known')}</dt><dd>{numbers.size}</dd></div>
        <div><dt>{t('chain.anchored')}</dt><dd>{count(anchoredOf(anchors, log, courts.self))}</dd></div>
        {log.finalAt && <div><dt>{t('chain.finalAt')}</dt><dd>{age(language, log.finalAt, now)}</dd></div>}
      </dl>
      {log.finalSize === 0 && <p className="quiet">{t('chain.notFinal')}</p>}
      {log.voices.length > 0 && (
        <div className="court-voices">
          <span aria-hidden>{t('chain.voices')}</span>
          <ul className="voices" aria-label={t('chain.voices')}>
            {log.voices.map((voice) => <VoiceChip key={voice.code} voice={voice} log={log} courts={courts.courts} />)}
          </ul>
        </div>
      )}
    </li>
  );
}

const voices = { vouches: ['green', CheckCircleFilled], late: ['amber', ClockCircleOutlined], none: ['grey', MinusCircleOutlined] } as const;

function VoiceChip({ voice, log, courts }: { voice: Voice; log: CourtLog; courts: readonly Court[] }) {
  const { t, pick } = useWords();
  const { state, behind } = voiceOf(voice, log);
  const [tone, Icon] = voices[state];
  const court = courts.find((c) => c.code === voice.code);
  const said = state === 'vouches' ? t('chain.vouches') : state === 'late' ? t('chain.voiceLate', { n: behind }) : t('chain.voiceNone');
  return (
    <li title={court ? `${pick(court.name)}: ${said}` : said}>
      <Badge tone={tone} icon={<Icon aria-hidden />}>{voice.code}{state === 'vouches' ? <span className="unseen"> {said}</span> : ` ${said}`}</Badge>
    </li>
  );
}
