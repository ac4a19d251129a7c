import { Form, Input, InputNumber, Modal } from 'antd';
import { useState } from 'react';
import type { SealDetail } from '../../api/types';
import { useStation } from '../../app/StationContext';
import { useAction } from '../../app/useAction';
import { useWords } from '../../i18n/LanguageContext';
import { FileField } from '../../widgets/FileField';

interface Fields {
  deviceId: string; folded: number; extended: number; doorWidth: number; doorHeight: number;
  slots?: string; loopFrom: number; loopTo: number;
}

/** Positions in millimetres from "120, 340"; null when a part is not a number. */
export function parseSlots(text: string | undefined): number[] | null {
  const parts = (text ?? '').split(/[,，、\s]+/).filter(Boolean).map(Number);
  return parts.every((n) => Number.isInteger(n) && n >= 0) ? parts : null;
}

/** Records what was mounted where: device, measures and the first photo, against which later ones are held. */
export function InstallDialog({ open, seal, onChanged, onClose }: {
  open: boolean; seal: SealDetail; onChanged: (seal: SealDetail) => void; onClose: () => void;
}) {
  const { t } = useWords();
  const { client } = useStation();
  const { busy, run } = useAction();
  const [form] = Form.useForm<Fields>();
  const [photo, setPhoto] = useState<File | null>(null);

  const submit = (f: Fields) => run(async () => {
    const facts = {
      deviceId: f.deviceId.trim(),
      frame: {
        deviceId: f.deviceId.trim(), foldedWidthMm: f.folded, extendedWidthMm: f.extended, slots: parseSlots(f.slots) ?? [],
        loop: { fromMm: f.loopFrom, toMm: f.loopTo }, doorWidthMm: f.doorWidth, doorHeightMm: f.doorHeight,
      },
      ...(photo ? { photo: await base64(photo) } : {}),
    };
    onChanged(await client.install(seal.sealNumber, facts));
    onClose();
  }, t('common.done'));

  const required = [{ required: true, message: t('common.required') }];
  const measure = (name: keyof Fields, label: string, most: number) => (
    <Form.Item name={name} label={label} rules={required}><InputNumber min={0} max={most} precision={0} /></Form.Item>
  );
  return (
    <Modal open={open} title={t('install.title')} okText={t('sealAct.install')} cancelText={t('common.cancel')} confirmLoading={busy}
      onOk={() => form.submit()} onCancel={onClose} destroyOnHidden>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(fields) => void submit(fields)}
        initialValues={{ deviceId: seal.deviceId ?? '', folded: 360, extended: 1100, doorWidth: 900, doorHeight: 2050, loopFrom: 360, loopTo: 1100 }}>
        <Form.Item name="deviceId" label={t('seal.device')} rules={required}><Input maxLength={100} /></Form.Item>
        <div className="two">
          {measure('folded', t('install.folded'), 2000)}{measure('extended', t('install.extended'), 5000)}
          {measure('doorWidth', t('install.doorWidth'), 10000)}{measure('doorHeight', t('install.doorHeight'), 10000)}
          {measure('loopFrom', t('install.loopFrom'), 5000)}{measure('loopTo', t('install.loopTo'), 5000)}
        </div>
        <Form.Item name="slots" label={t('install.slots')} rules={[{
          validator: (_, text: string | undefined) => parseSlots(text) ? Promise.resolve() : Promise.reject(new Error(t('install.badSlots'))),
        }]}><Input maxLength={200} /></Form.Item>
        <FileField label={t('install.photo')} accept="image/jpeg" onFile={setPhoto} />
      </Form>
    </Modal>
  );
}

async function base64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  // In pieces: the arguments of one call are limited.
  for (let i = 0; i < bytes.length; i += 8192) binary += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(binary);
}
