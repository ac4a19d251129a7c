import { Form, Input, Modal, Radio } from 'antd';
import type { IncidentDetail, Outcome } from '../../api/types';
import { useStation } from '../../app/StationContext';
import { useAction } from '../../app/useAction';
import { useWords } from '../../i18n/LanguageContext';

const outcomes: readonly Outcome[] = ['policeCalled', 'attended', 'authorised', 'maintenance', 'falseAlarm', 'other'];

/** Closes an incident with what was found. A false alarm needs a reason: the person at the door may ask for it. */
export function OutcomeDialog({ open, incident, onClosed, onClose }: {
  open: boolean; incident: IncidentDetail; onClosed: (incident: IncidentDetail) => void; onClose: () => void;
}) {
  const { t, name } = useWords();
  const { client } = useStation();
  const { busy, run } = useAction();
  const [form] = Form.useForm<{ outcome: Outcome; note?: string }>();
  const outcome = Form.useWatch('outcome', form);

  const submit = async ({ outcome: chosen, note }: { outcome: Outcome; note?: string }) => {
    if (await run(async () => onClosed(await client.close(incident.id, chosen, note?.trim() ?? '')), t('common.done'))) onClose();
  };

  return (
    <Modal open={open} title={t('close.title')} okText={t('close.submit')} cancelText={t('common.cancel')} confirmLoading={busy}
      onOk={() => form.submit()} onCancel={onClose} destroyOnHidden>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => void submit(values)}>
        <Form.Item name="outcome" label={t('close.outcome')} rules={[{ required: true, message: t('close.needOutcome') }]}>
          <Radio.Group className="outcome-choices" options={outcomes.map((o) => ({ value: o, label: name('outcome', o) }))} />
        </Form.Item>
        <Form.Item name="note" label={t('close.note')} dependencies={['outcome']}
          rules={[{ required: outcome === 'falseAlarm', whitespace: true, message: t('close.needNote') }]}>
          <Input.TextArea rows={3} maxLength={1000} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
