import { Form, Input, Modal } from 'antd';
import type { SealDetail } from '../../api/types';
import { useStation } from '../../app/StationContext';
import { useAction } from '../../app/useAction';
import type { WordKey } from '../../i18n/dictionary';
import { useWords } from '../../i18n/LanguageContext';

export type Change = 'arm' | 'disarm' | 'lift' | 'remove';

const words: Record<Change, { title: WordKey; ask: WordKey }> = {
  arm: { title: 'sealAct.arm', ask: 'sealAct.armAsk' },
  disarm: { title: 'sealAct.disarm', ask: 'sealAct.disarmAsk' },
  lift: { title: 'sealAct.lift', ask: 'sealAct.liftAsk' },
  remove: { title: 'sealAct.remove', ask: 'sealAct.removeAsk' },
};

/** Confirms a change of the legal state; no such change is made without a reason. */
export function ReasonDialog({ change, seal, onChanged, onClose }: {
  change: Change | null; seal: string; onChanged: (seal: SealDetail) => void; onClose: () => void;
}) {
  const { t } = useWords();
  const { client } = useStation();
  const { busy, run } = useAction();
  const [form] = Form.useForm<{ reason: string }>();
  const word = change ? words[change] : null;
  const submit = async (reason: string) => {
    if (!change) return;
    if (await run(async () => onChanged(await client[change](seal, reason)), t('common.done'))) onClose();
  };
  return (
    <Modal open={change !== null} title={word ? t(word.title) : ''} okText={word ? t(word.title) : ''} cancelText={t('common.cancel')}
      okButtonProps={{ danger: change === 'lift' }} confirmLoading={busy} onOk={() => form.submit()} onCancel={onClose} destroyOnHidden>
      {word && <p>{t(word.ask)}</p>}
      <Form form={form} layout="vertical" requiredMark={false} onFinish={({ reason }) => void submit(reason.trim())}>
        <Form.Item name="reason" label={t('common.reason')} rules={[{ required: true, whitespace: true, message: t('common.needReason') }]}>
          <Input.TextArea rows={2} maxLength={500} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
