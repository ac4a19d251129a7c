import { EyeInvisibleOutlined, PictureOutlined } from '@ant-design/icons';
import { useEffect, useState } from 'react';
import { may, useStation } from '../app/StationContext';
import { mediaUrl } from '../api/client';
import { useWords } from '../i18n/LanguageContext';

/** A picture from the door for those who may see it; for others, the reason why not. */
export function Picture({ hash, alt, empty, className = '' }: { hash: string | null | undefined; alt: string; empty: string; className?: string }) {
  const { t } = useWords();
  const { me } = useStation();
  const [broken, setBroken] = useState(false);
  useEffect(() => setBroken(false), [hash]);
  if (!may(me, 'pictures')) {
    return <span className={`picture-none ${className}`}><EyeInvisibleOutlined aria-hidden /><span>{t('incident.noPictures')}</span></span>;
  }
  if (!hash || broken) {
    return <span className={`picture-none ${className}`}><PictureOutlined aria-hidden /><span>{empty}</span></span>;
  }
  return <img className={className} src={mediaUrl(hash)} alt={alt} loading="lazy" decoding="async" onError={() => setBroken(true)} />;
}
