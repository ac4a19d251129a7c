import { useNow } from '../app/StationContext';
import { age, dateTime } from '../i18n/format';
import type { WordKey } from '../i18n/dictionary';
import { useWords } from '../i18n/LanguageContext';

/** How long ago something was, in a phrase with an {age} place. */
export function Age({ at, phrase }: { at: string; phrase: WordKey }) {
  const { t, language } = useWords();
  const now = useNow(5000);
  return <time dateTime={at} title={dateTime(at)}>{t(phrase, { age: age(language, at, now) })}</time>;
}
