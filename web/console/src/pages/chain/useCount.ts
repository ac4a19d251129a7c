import { useCallback } from 'react';
import { useWords } from '../../i18n/LanguageContext';

/** Writes a number with its thousands apart, as both languages do. */
export function useCount(): (n: number) => string {
  const { language } = useWords();
  return useCallback((n: number) => n.toLocaleString(language === 'zh' ? 'zh-CN' : 'en-US'), [language]);
}
