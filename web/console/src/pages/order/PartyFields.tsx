import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, Select } from 'antd';
import type { PartyRole } from '../../api/types';
import { useWords } from '../../i18n/LanguageContext';

const roles: readonly PartyRole[] = ['judge', 'officer', 'clerk', 'applicant', 'debtor', 'manager'];

/** The people of an order, and where warnings reach them. */
export function PartyFields() {
  const { t, name } = useWords();
  return (
    <fieldset className="fieldset">
      <legend>{t('order.parties')}</legend>
      <p className="quiet">{t('order.partiesHelp')}</p>
      <Form.List name="parties">
        {(fields, { add, remove }) => (
          <>
            {fields.map((field) => (
              <div className="party-row" key={field.key}>
                <Form.Item name={[field.name, 'role']} label={t('order.role')} rules={[{ required: true, message: t('common.required') }]}>
                  <Select options={roles.map((r) => ({ value: r, label: name('party', r) }))} />
                </Form.Item>
                <Form.Item name={[field.name, 'name']} label={t('order.name')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}>
                  <Input maxLength={100} autoComplete="off" />
                </Form.Item>
                <Form.Item name={[field.name, 'phone']} label={t('order.phone')} rules={[{ pattern: /^\+?\d[\d -]{2,24}$/, message: t('order.badPhone') }]}>
                  <Input maxLength={26} inputMode="tel" autoComplete="off" />
                </Form.Item>
                <Form.Item name={[field.name, 'email']} label={t('order.email')} rules={[{ type: 'email', message: t('order.badEmail') }]}>
                  <Input maxLength={254} autoComplete="off" />
                </Form.Item>
                <Form.Item name={[field.name, 'language']} label={t('order.language')} initialValue="zh">
                  <Select options={[{ value: 'zh', label: '中文' }, { value: 'en', label: 'English' }]} />
                </Form.Item>
                <Button className="party-remove" aria-label={t('order.removeParty')} icon={<DeleteOutlined aria-hidden />} onClick={() => remove(field.name)} />
              </div>
            ))}
            <Button icon={<PlusOutlined aria-hidden />} onClick={() => add({ language: 'zh' })} disabled={fields.length >= 20}>{t('order.addParty')}</Button>
          </>
        )}
      </Form.List>
    </fieldset>
  );
}
