import { ApiFailure } from '../api/client';
import type { WordKey, WordValues } from '../i18n/dictionary';

/** What to tell a person about a request that failed. */
export function failureText(error: unknown, t: (key: WordKey, values?: WordValues) => string): string {
  const status = error instanceof ApiFailure ? error.status : 'network';
  switch (status) {
    case 'network': return t('fail.network');
    case 403: return t('fail.forbidden');
    case 404: return t('fail.notFound');
    case 409: return t('fail.conflict');
    case 400:
    case 422: return t('fail.invalid');
    case 413: return t('fail.tooLarge');
    default: return t('fail.other', { status });
  }
}
