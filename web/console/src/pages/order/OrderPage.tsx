import { Alert, App, Button, Form, Input } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { ApiFailure } from '../../api/client';
import type { Category, OrderDraft, PartyDraft, RuleRefusal } from '../../api/types';
import { failureText } from '../../app/failureText';
import { useStation } from '../../app/StationContext';
import { useWords } from '../../i18n/LanguageContext';
import { FileField } from '../../widgets/FileField';
import { CaseNumberField } from './CaseNumberField';
import { checkCase } from './caseNumber';
import { PartyFields } from './PartyFields';
import { PeriodFields } from './PeriodFields';
import { isRuling } from './ruling';

interface Fields {
  caseNumber: string; address: string; description: string; registryNumber?: string;
  category: Category; from: Dayjs; until: Dayjs; parties: PartyDraft[];
}

function toDraft(fields: Fields): OrderDraft {
  const check = checkCase(fields.caseNumber);
  const registry = fields.registryNumber?.trim();
  return {
    caseNumber: check.state === 'good' ? check.value.text : fields.caseNumber,
    category: fields.category,
    property: { address: fields.address.trim(), description: fields.description.trim(), ...(registry ? { registryNumber: registry } : {}) },
    from: fields.from.format('YYYY-MM-DD'),
    until: fields.until.format('YYYY-MM-DD'),
    parties: fields.parties.map(({ role, name, phone, email, language }) => ({
      role, name: name.trim(), language, ...(phone ? { phone } : {}), ...(email ? { email } : {}),
    })),
  };
}

export function OrderPage() {
  const { t } = useWords();
  const { client, store } = useStation();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const [form] = Form.useForm<Fields>();
  const [ruling, setRuling] = useState<File | null>(null);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<RuleRefusal | string | null>(null);
  const top = useRef<HTMLDivElement>(null);

  const refuse = (why: RuleRefusal | string) => {
    setRefusal(why);
    top.current?.scrollIntoView({ block: 'start' });
  };

  const submit = async (fields: Fields) => {
    if (ruling && !isRuling(ruling)) return refuse(t('order.rulingBad'));
    setBusy(true);
    setRefusal(null);
    try {
      const seal = await client.createOrder(toDraft(fields));
      void store.load();
      void message.success(t('order.made', { seal: seal.sealNumber }), 6);
      // The order stands already; a failed upload is made up for on the seal's page.
      if (ruling) await client.uploadRuling(seal.sealNumber, ruling).catch(() => void message.warning(t('order.rulingFailed'), 8));
      void navigate(`/seals/${encodeURIComponent(seal.sealNumber)}`);
    } catch (error) {
      refuse(error instanceof ApiFailure && error.refusal ? error.refusal : failureText(error, t));
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className="order-page" ref={top}>
      <div className="page-head"><h1>{t('order.title')}</h1></div>
      {refusal !== null && <Refusal refusal={refusal} onUse={(until) => { form.setFieldValue('until', dayjs(until)); setRefusal(null); }} />}
      <Form form={form} layout="vertical" requiredMark={false} scrollToFirstError onFinish={(fields) => void submit(fields)}
        initialValues={{ category: 'immovable', from: dayjs().startOf('day'), parties: [{ role: 'judge', language: 'zh' }, { role: 'applicant', language: 'zh' }] }}>
        <section className="card">
          <CaseNumberField />
          <Form.Item name="address" label={t('order.address')} extra={t('order.addressHelp')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}>
            <Input maxLength={200} autoComplete="off" />
          </Form.Item>
          <div className="two">
            <Form.Item name="description" label={t('order.description')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}>
              <Input maxLength={500} autoComplete="off" />
            </Form.Item>
            <Form.Item name="registryNumber" label={t('order.registry')}><Input maxLength={64} autoComplete="off" /></Form.Item>
          </div>
          <PeriodFields />
          <FileField label={t('order.ruling')} accept="application/pdf" onFile={setRuling} />
        </section>
        <section className="card"><PartyFields /></section>
        <Button type="primary" size="large" htmlType="submit" loading={busy}>{t('order.submit')}</Button>
      </Form>
    </div>
  );
}

function Refusal({ refusal, onUse }: { refusal: RuleRefusal | string; onUse: (until: string) => void }) {
  const { t, pick } = useWords();
  if (typeof refusal === 'string') return <Alert role="alert" type="error" showIcon title={refusal} />;
  const until = refusal.allowedUntil;
  return (
    <Alert role="alert" type="error" showIcon title={t('order.refused', { text: pick(refusal.text) })}
      description={<>
        {t('order.article', { article: refusal.article })}
        {until && <><br />{t('order.allowed', { date: until })} <Button size="small" onClick={() => onUse(until)}>{t('order.useLimit', { date: until })}</Button></>}
      </>} />
  );
}
