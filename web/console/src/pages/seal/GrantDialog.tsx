import { DatePicker, Form, Input, Modal } from 'antd';
import type { Dayjs } from 'dayjs';
import { useStation } from '../../app/StationContext';
import { useAction } from '../../app/useAction';
import { useWords } from '../../i18n/LanguageContext';

interface Fields { from: Dayjs; until: Dayjs; officer: string; reason: string }

/** Grants an opening in a time window; the seal itself checks window and signature. */
export function GrantDialog({ open, seal, onClose }: { open: boolean; seal: string; onClose: () => void }) {
  const { t } = useWords();
  const { client } = useStation();
  const { busy, run } = useAction();
  const [form] = Form.useForm<Fields>();
  const submit = async (fields: Fields) => {
    const grant = {
      from: fields.from.toISOString(), until: fields.until.toISOString(),
      officer: fields.officer.trim(), reason: fields.reason.trim(),
    };
    if (await run(() => client.grant(seal, grant), t('act.sent'))) onClose();
  };
  const required = [{ required: true, message: t('common.required') }];
  return (
    <Modal open={open} title={t('grant.title')} okText={t('sealAct.grant')} cancelText={t('common.cancel')} confirmLoading={busy}
      onOk={() => form.submit()} onCancel={onClose} destroyOnHidden>
      <p>{t('grant.note')}</p>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(fields) => void submit(fields)}>
        <div className="two">
          <Form.Item name="from" label={t('grant.from')} rules={required}><DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" /></Form.Item>
          <Form.Item name="until" label={t('grant.until')} dependencies={['from']} rules={[...required, ({ getFieldValue }) => ({
            validator: (_, until: Dayjs | undefined) => {
              const from = getFieldValue('from') as Dayjs | undefined;
              return until && from && !until.isAfter(from) ? Promise.reject(new Error(t('grant.badWindow'))) : Promise.resolve();
            },
          })]}><DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" /></Form.Item>
        </div>
        <Form.Item name="officer" label={t('grant.officer')} rules={required}><Input maxLength={64} /></Form.Item>
        <Form.Item name="reason" label={t('common.reason')} rules={[{ required: true, whitespace: true, message: t('common.needReason') }]}>
          <Input.TextArea rows={2} maxLength={500} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
