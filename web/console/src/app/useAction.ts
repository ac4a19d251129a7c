import { App } from 'antd';
import { useCallback, useState } from 'react';
import { ApiFailure } from '../api/client';
import { useWords } from '../i18n/LanguageContext';
import { failureText } from './failureText';

/** Runs one request at a time for a button and says what became of it. The result is false when it failed. */
export function useAction(): { busy: boolean; run: (work: () => Promise<unknown>, success?: string) => Promise<boolean> } {
  const { message } = App.useApp();
  const { t, pick } = useWords();
  const [busy, setBusy] = useState(false);
  const run = useCallback(async (work: () => Promise<unknown>, success?: string) => {
    setBusy(true);
    try {
      await work();
      if (success) void message.success(success);
      return true;
    } catch (error) {
      const refusal = error instanceof ApiFailure ? error.refusal : null;
      void message.error(refusal ? `${pick(refusal.text)} (${refusal.article})` : failureText(error, t), 8);
      return false;
    } finally {
      setBusy(false);
    }
  }, [message, t, pick]);
  return { busy, run };
}
