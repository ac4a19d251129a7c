import { AudioOutlined, CameraOutlined, CheckOutlined, DownloadOutlined, FormOutlined, MutedOutlined } from '@ant-design/icons';
import { App, Button, Switch } from 'antd';
import { useState, type ReactNode } from 'react';
import { packUrl } from '../../api/client';
import type { IncidentDetail } from '../../api/types';
import { may, useStation } from '../../app/StationContext';
import { useAction } from '../../app/useAction';
import { useWords } from '../../i18n/LanguageContext';
import { OutcomeDialog } from './OutcomeDialog';
import { TalkDialog } from './TalkDialog';
import { shortcutsStored, storeShortcuts, useShortcuts } from './useShortcuts';

/** What an officer may do, in the order in which it is done: acknowledge, talk, siren, pictures, outcome, pack. */
export function ActionPanel({ incident, onChanged }: { incident: IncidentDetail; onChanged: (incident: IncidentDetail) => void }) {
  const { t } = useWords();
  const { client, store, me } = useStation();
  const { modal } = App.useApp();
  const { busy, run } = useAction();
  const [dialog, setDialog] = useState<'talk' | 'outcome' | null>(null);
  const [keys, setKeys] = useState(shortcutsStored);
  const handles = may(me, 'handle');
  const unacknowledged = incident.handling === 'unacknowledged';
  const closed = incident.handling === 'closed';
  const seal = incident.sealNumber;

  const changed = (next: IncidentDetail) => {
    store.putIncident(next);
    onChanged(next);
  };
  const acknowledge = () => void run(async () => changed(await client.acknowledge(incident.id)), t('act.acknowledged'));
  const sirenOff = () => void modal.confirm({
    title: t('act.sirenOffAsk'), okText: t('act.sirenOff'), cancelText: t('common.cancel'),
    onOk: () => run(() => client.command(seal, { kind: 'sirenOff' }), t('act.sent')),
  });
  const pictures = () => void run(() => client.command(seal, { kind: 'pictures' }), t('act.sent'));
  const download = () => {
    const link = document.createElement('a');
    link.href = packUrl(incident.id);
    link.download = '';
    link.click();
  };

  useShortcuts(keys && dialog === null, {
    ...(handles && unacknowledged ? { A: acknowledge } : {}),
    ...(handles && !closed ? { T: () => setDialog('talk'), S: sirenOff, P: pictures, R: () => setDialog('outcome') } : {}),
    ...(may(me, 'pictures') ? { E: download } : {}),
  });

  return (
    <section className="card actions" aria-labelledby="actions-head">
      <div className="actions-head">
        <h2 id="actions-head">{t('incident.actions')}</h2>
        <label className="keys-switch">{t('act.keys')} <Switch size="small" checked={keys} checkedChildren={t('act.keysOn')}
          unCheckedChildren={t('act.keysOff')} onChange={(on) => { storeShortcuts(on); setKeys(on); }} /></label>
      </div>
      {handles && (
        <>
          <Button className={unacknowledged ? 'ack ack-red' : 'ack'} type="primary" size="large" block icon={<CheckOutlined aria-hidden />}
            disabled={!unacknowledged} loading={busy && unacknowledged} onClick={acknowledge}>
            {t(unacknowledged ? 'act.acknowledge' : 'act.acknowledged')}{unacknowledged && <Key on={keys} name="A" />}
          </Button>
          {unacknowledged && <p className="quiet">{t('act.acknowledgeNote')}</p>}
          <div className="actions-grid">
            <Act icon={<AudioOutlined aria-hidden />} letter="T" keys={keys} disabled={closed} onClick={() => setDialog('talk')}>{t('act.talk')}</Act>
            <Act icon={<MutedOutlined aria-hidden />} letter="S" keys={keys} disabled={closed} onClick={sirenOff}>{t('act.sirenOff')}</Act>
            <Act icon={<CameraOutlined aria-hidden />} letter="P" keys={keys} disabled={closed} onClick={pictures}>{t('act.pictures')}</Act>
            <Act icon={<FormOutlined aria-hidden />} letter="R" keys={keys} disabled={closed} onClick={() => setDialog('outcome')}>{t('act.outcome')}</Act>
          </div>
        </>
      )}
      {may(me, 'pictures') && (
        <>
          <Button block icon={<DownloadOutlined aria-hidden />} href={packUrl(incident.id)} download="">{t('act.pack')}<Key on={keys} name="E" /></Button>
          <p className="quiet">{t('act.packNote')}</p>
        </>
      )}
      <TalkDialog open={dialog === 'talk'} seal={seal} onClose={() => setDialog(null)} />
      <OutcomeDialog open={dialog === 'outcome'} incident={incident} onClosed={changed} onClose={() => setDialog(null)} />
    </section>
  );
}

function Act({ icon, letter, keys, disabled, onClick, children }: {
  icon: ReactNode; letter: string; keys: boolean; disabled: boolean; onClick: () => void; children: ReactNode;
}) {
  return <Button icon={icon} disabled={disabled} onClick={onClick}>{children}<Key on={keys} name={letter} /></Button>;
}

function Key({ on, name }: { on: boolean; name: string }) {
  return on ? <kbd aria-hidden>{name}</kbd> : null;
}
