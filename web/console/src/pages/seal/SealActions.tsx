import { Button } from 'antd';
import { useState } from 'react';
import type { SealDetail } from '../../api/types';
import { may, useStation } from '../../app/StationContext';
import type { WordKey } from '../../i18n/dictionary';
import { useWords } from '../../i18n/LanguageContext';
import { EnrolDialog } from './EnrolDialog';
import { GrantDialog } from './GrantDialog';
import { InstallDialog } from './InstallDialog';
import { ReasonDialog, type Change } from './ReasonDialog';

type Open = 'enrol' | 'install' | 'grant' | Change | null;

const words: Record<Exclude<Open, null>, WordKey> = {
  enrol: 'sealAct.enrol', install: 'sealAct.install', grant: 'sealAct.grant',
  arm: 'sealAct.arm', disarm: 'sealAct.disarm', lift: 'sealAct.lift', remove: 'sealAct.remove',
};

/** Which steps come next for a seal in this legal state; the station decides in the end. */
function steps(seal: SealDetail, decides: boolean): Exclude<Open, null>[] {
  switch (seal.legalState) {
    case 'ordered':
    case 'issued': return ['enrol', 'install', ...(decides ? ['lift' as const] : [])];
    case 'installed': return ['enrol', ...(decides ? ['arm', 'lift'] as const : [])];
    case 'armed': return decides ? ['grant', 'disarm', 'lift'] : [];
    case 'suspended': return decides ? ['arm', 'grant', 'lift'] : [];
    case 'lapsed':
    case 'lifted': return ['remove'];
    default: return [];
  }
}

export function SealActions({ seal, onChanged }: { seal: SealDetail; onChanged: (seal: SealDetail) => void }) {
  const { t } = useWords();
  const { me } = useStation();
  const [open, setOpen] = useState<Open>(null);
  if (!may(me, 'mount')) return null;
  const offered = steps(seal, may(me, 'decide'));
  if (offered.length === 0) return null;
  const close = () => setOpen(null);
  return (
    <section className="card" aria-labelledby="seal-actions-head">
      <h2 id="seal-actions-head">{t('sealAct.title')}</h2>
      <div className="actions-grid">
        {offered.map((step, i) => (
          <Button key={step} type={i === 0 ? 'primary' : 'default'} danger={step === 'lift'} onClick={() => setOpen(step)}>{t(words[step])}</Button>
        ))}
      </div>
      <EnrolDialog open={open === 'enrol'} seal={seal.sealNumber} onClose={close} />
      <InstallDialog open={open === 'install'} seal={seal} onChanged={onChanged} onClose={close} />
      <GrantDialog open={open === 'grant'} seal={seal.sealNumber} onClose={close} />
      <ReasonDialog change={open === 'enrol' || open === 'install' || open === 'grant' ? null : open} seal={seal.sealNumber}
        onChanged={onChanged} onClose={close} />
    </section>
  );
}
