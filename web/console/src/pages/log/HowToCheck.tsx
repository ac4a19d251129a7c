import { useWords } from '../../i18n/LanguageContext';
import { CopyButton } from '../../widgets/Hash';

const command = 'cinnabar verify evidence-pack.zip --roster genesis.cose';

/** In plain words: how anybody checks a fact without this page, this court or a network. */
export function HowToCheck() {
  const { t } = useWords();
  return (
    <section className="card" aria-labelledby="how-head">
      <h2 id="how-head">{t('log.how')}</h2>
      <ol className="how">
        <li>{t('log.how1')}</li>
        <li>{t('log.how2')} <span className="command"><code>{command}</code><CopyButton text={command} /></span></li>
        <li>{t('log.how3')}</li>
        <li>{t('log.how4')}</li>
      </ol>
    </section>
  );
}
