import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { Bilingual, Language } from '../api/types';
import { say, sayName, type WordKey, type WordValues } from './dictionary';
import { placeOf, type Placed } from './place';

const storageKey = 'cinnabar.language';

interface Words {
  language: Language;
  setLanguage: (language: Language) => void;
  t: (key: WordKey, values?: WordValues) => string;
  /** Words for a wire name, such as a kind or a state. */
  name: (family: string, name: string) => string;
  pick: (text: Bilingual) => string;
  /** The address, or that it was erased. */
  place: (of: Placed) => string;
}

const LanguageContext = createContext<Words | null>(null);

/** The language a person chose before, else the browser's. */
export function initialLanguage(stored: string | null, browser: readonly string[]): Language {
  if (stored === 'zh' || stored === 'en') return stored;
  const first = browser.find((tag) => /^(zh|en)\b/i.test(tag));
  return first && /^en/i.test(first) ? 'en' : 'zh';
}

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(() =>
    initialLanguage(localStorage.getItem(storageKey), navigator.languages));

  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  }, [language]);

  const words = useMemo<Words>(() => ({
    language,
    setLanguage: (next) => {
      localStorage.setItem(storageKey, next);
      setLanguage(next);
    },
    t: (key, values) => say(language, key, values),
    name: (family, name) => sayName(language, family, name),
    pick: (text) => text[language],
    place: (of) => placeOf(of, language),
  }), [language]);

  return <LanguageContext.Provider value={words}>{children}</LanguageContext.Provider>;
}

export function useWords(): Words {
  const words = useContext(LanguageContext);
  if (!words) throw new Error('useWords outside LanguageProvider');
  return words;
}

/** True when the person has never chosen a language here, so the one of the account may apply. */
export const languageIsDefault = (): boolean => localStorage.getItem(storageKey) === null;
