import { CheckCircleFilled, ClockCircleOutlined, CloseCircleFilled } from '@ant-design/icons';
import type { SentCommand } from '../../api/types';
import { dateTime } from '../../i18n/format';
import { useWords } from '../../i18n/LanguageContext';
import { Badge } from '../../widgets/Badge';
import { Hash } from '../../widgets/Hash';

/** What the court told the seal to do, and what the seal answered: sent is not done. */
export function CommandList({ commands }: { commands: readonly SentCommand[] }) {
  const { t, name } = useWords();
  const sorted = [...commands].sort((a, b) => Date.parse(b.sent) - Date.parse(a.sent));
  return (
    <section className="card" aria-labelledby="commands-head">
      <h2 id="commands-head">{t('seal.commands')}</h2>
      {sorted.length === 0 ? <p className="quiet">{t('seal.noCommands')}</p> : (
        <ul className="warnings" tabIndex={0} aria-labelledby="commands-head">
          {sorted.map((c) => (
            <li key={c.hash}>
              <time dateTime={c.sent}>{dateTime(c.sent)}</time>
              <span>{name('command', shortKind(c.kind))} <Hash value={c.hash} /></span>
              <Answer command={c} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

// A statement's kind (command.siren_off) and a command's name (sirenOff) mean the same.
function shortKind(kind: string): string {
  return kind.replace(/^command\.|\.opening$/g, '').replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function Answer({ command }: { command: SentCommand }) {
  const { t, name } = useWords();
  if (!command.result) return <Badge tone="blue" icon={<ClockCircleOutlined aria-hidden />}>{t('answer.waiting')}</Badge>;
  if (command.result === 'done') return <Badge tone="green" icon={<CheckCircleFilled aria-hidden />}>{t('answer.done')}</Badge>;
  return (
    <Badge tone="red" icon={<CloseCircleFilled aria-hidden />}>
      {name('answer', command.result)}{command.reason ? `：${command.reason}` : ''}
    </Badge>
  );
}
