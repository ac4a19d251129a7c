import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { useEffect, useState } from 'react';
import { shortHash } from '../i18n/format';
import { useWords } from '../i18n/LanguageContext';

/** A hash, shortened for the eye and whole for the clipboard. */
export function Hash({ value, whole = false }: { value: string; whole?: boolean }) {
  return <span className="hash"><code title={value}>{whole ? value : shortHash(value)}</code><CopyButton text={value} /></span>;
}

export function CopyButton({ text }: { text: string }) {
  const { t } = useWords();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const label = t(copied ? 'common.copied' : 'common.copy');
  return (
    <button type="button" className="copy" aria-label={`${label} ${shortHash(text)}`} title={label}
      onClick={() => void copy(text).then(setCopied)}>
      {copied ? <CheckOutlined aria-hidden /> : <CopyOutlined aria-hidden />}
    </button>
  );
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

// The clipboard API exists over https only; intranet consoles may run without.
function copyBySelection(text: string): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  return done;
}
