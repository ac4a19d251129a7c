import { PaperClipOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { useWords } from '../i18n/LanguageContext';

/** Chooses one file. The browser's own field speaks the language of the browser, not that of the page. */
export function FileField({ label, accept, busy = false, onFile }: {
  label: string; accept: string; busy?: boolean; onFile: (file: File | null) => void;
}) {
  const { t } = useWords();
  const input = useRef<HTMLInputElement>(null);
  const [name, setName] = useState<string | null>(null);
  return (
    <span className="file-field">
      <span>{label}</span>
      <input ref={input} type="file" accept={accept} style={{ display: 'none' }} onChange={(e) => {
        const file = e.target.files?.[0] ?? null;
        setName(file?.name ?? null);
        onFile(file);
        // The same file may be chosen again after a failure.
        e.target.value = '';
      }} />
      <Button icon={<PaperClipOutlined aria-hidden />} loading={busy} aria-label={`${label}: ${t('order.rulingChoose')}`}
        onClick={() => input.current?.click()}>{t('order.rulingChoose')}</Button>
      <span aria-live="polite">{name ?? ''}</span>
    </span>
  );
}
