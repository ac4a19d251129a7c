import { DatePicker, Form, Select } from 'antd';
import type { Dayjs } from 'dayjs';
import { useEffect, useState } from 'react';
import type { Category, PeriodRule } from '../../api/types';
import { useStation } from '../../app/StationContext';
import { useWords } from '../../i18n/LanguageContext';

const categories: readonly Category[] = ['immovable', 'movable', 'deposit', 'other'];

/** Kind of property and period. The limit comes from the station's statute table and is said before it is broken. */
export function PeriodFields() {
  const { t, name, pick } = useWords();
  const { client } = useStation();
  const form = Form.useFormInstance();
  const category = Form.useWatch('category', form) as Category | undefined;
  const from = (Form.useWatch('from', form) as Dayjs | undefined)?.format('YYYY-MM-DD');
  const [rules, setRules] = useState<PeriodRule[]>([]);
  useEffect(() => {
    if (from) client.periodRules(from).then(setRules, () => setRules([]));
  }, [from, client]);
  const rule = rules.find((r) => r.category === category);
  const required = { required: true, message: t('common.required') };

  return (
    <>
      <Form.Item name="category" label={t('order.category')} rules={[required]}>
        <Select options={categories.map((c) => ({ value: c, label: name('category', c) }))} />
      </Form.Item>
      <div className="two">
        <Form.Item name="from" label={t('order.from')} rules={[required]}><DatePicker allowClear={false} /></Form.Item>
        <Form.Item name="until" label={t('order.until')} dependencies={['from', 'category']}
          extra={rule && t('order.limit', { n: rule.maxYears, date: rule.until, article: pick(rule.article) })}
          rules={[required, {
            validator: (_, until: Dayjs | undefined) => {
              const day = until?.format('YYYY-MM-DD');
              if (day && from && day <= from) return Promise.reject(new Error(t('order.untilBeforeFrom')));
              if (day && rule && day > rule.until) return Promise.reject(new Error(t('order.overLimit', { date: rule.until })));
              return Promise.resolve();
            },
          }]}>
          <DatePicker />
        </Form.Item>
      </div>
    </>
  );
}
