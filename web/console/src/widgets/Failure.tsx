import { Alert, Button, Spin } from 'antd';
import type { ApiFailure } from '../api/client';
import { failureText } from '../app/failureText';
import { useWords } from '../i18n/LanguageContext';

/** In place of what could not be read: why, and the way to try again. */
export function Failure({ failure, retry }: { failure: ApiFailure; retry: () => void }) {
  const { t } = useWords();
  return <Alert type="error" showIcon title={failureText(failure, t)} action={<Button onClick={retry}>{t('common.retry')}</Button>} />;
}

export function Loading() {
  const { t } = useWords();
  return <div className="centre" role="status"><Spin /><span className="loading-word">{t('common.loading')}</span></div>;
}
