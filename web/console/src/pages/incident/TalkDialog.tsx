import { App, Input, Modal, Radio } from 'antd';
import { useEffect, useState } from 'react';
import { useStation } from '../../app/StationContext';
import { useAction } from '../../app/useAction';
import type { VoiceText } from '../../api/types';
import { date } from '../../i18n/format';
import { useWords } from '../../i18n/LanguageContext';

type Choice = 1 | 2 | 3 | 'typed';
const stages = [1, 2, 3] as const;

/** Speaks through the seal: one of the three lawful texts, or typed words. */
export function TalkDialog({ open, seal, onClose }: { open: boolean; seal: string; onClose: () => void }) {
  const { t, pick } = useWords();
  const { client } = useStation();
  const { message } = App.useApp();
  const { busy, run } = useAction();
  const [choice, setChoice] = useState<Choice>(2);
  const [text, setText] = useState('');
  const [voice, setVoice] = useState<VoiceText[]>([]);
  useEffect(() => {
    // The words themselves help, but the three buttons work without them.
    if (open) client.voiceTexts(date(Date.now())).then(setVoice, () => setVoice([]));
  }, [open, client]);

  const send = async () => {
    const typed = text.trim();
    if (choice === 'typed' && typed === '') {
      void message.error(t('talk.needText'));
      return;
    }
    const command = choice === 'typed' ? { kind: 'speak' as const, text: typed } : { kind: 'speak' as const, stage: choice };
    if (await run(() => client.command(seal, command), t('act.sent'))) {
      setText('');
      onClose();
    }
  };

  return (
    <Modal open={open} title={t('talk.title')} okText={t('act.talk')} cancelText={t('common.cancel')} confirmLoading={busy}
      onOk={() => void send()} onCancel={onClose} destroyOnHidden>
      <Radio.Group className="talk-choices" value={choice} onChange={(e) => setChoice(e.target.value as Choice)}>
        {stages.map((stage) => {
          const words = voice.find((v) => v.stage === stage);
          return (
            <Radio key={stage} value={stage}>
              <b>{t('talk.stage', { n: stage })} {t(`talk.stage${stage}`)}</b>
              {words && <span className="talk-words">{pick(words.text)}</span>}
            </Radio>
          );
        })}
        <Radio value="typed"><b>{t('talk.typed')}</b></Radio>
      </Radio.Group>
      {choice === 'typed' && (
        <Input.TextArea autoFocus rows={3} maxLength={200} showCount value={text} aria-label={t('talk.text')}
          placeholder={t('talk.text')} onChange={(e) => setText(e.target.value)} />
      )}
      <p className="quiet">{t('talk.note')}</p>
    </Modal>
  );
}
