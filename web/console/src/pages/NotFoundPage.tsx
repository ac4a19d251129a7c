import { Link } from 'react-router';
import { useWords } from '../i18n/LanguageContext';

export function NotFoundPage() {
  const { t } = useWords();
  return (
    <div className="centre">
      <h1>{t('common.notFoundPage')}</h1>
      <Link to="/">{t('common.toWall')}</Link>
    </div>
  );
}
