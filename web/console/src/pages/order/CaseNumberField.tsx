import { CheckCircleFilled } from '@ant-design/icons';
import { Form, Input } from 'antd';
import type { WordKey } from '../../i18n/dictionary';
import { useWords } from '../../i18n/LanguageContext';
import { checkCase, type CaseCheck } from './caseNumber';

const hints: Record<Exclude<CaseCheck, { state: 'good' }>['at'], WordKey> = {
  year: 'order.caseYear', court: 'order.caseCourt', type: 'order.caseType', number: 'order.caseNumber', end: 'order.caseEnd',
};

/** A case number with a hint at the first part that is missing or wrong, while it is typed. */
export function CaseNumberField() {
  const { t } = useWords();
  const form = Form.useFormInstance();
  const text = (Form.useWatch('caseNumber', form) as string | undefined) ?? '';
  const check = text === '' ? null : checkCase(text);
  return (
    <Form.Item name="caseNumber" label={t('order.case')} validateTrigger="onBlur"
      rules={[{
        validator: (_, value: string | undefined) => {
          const result = checkCase(value ?? '');
          return result.state === 'good' ? Promise.resolve() : Promise.reject(new Error(t(hints[result.at])));
        },
      }]}
      extra={<span aria-live="polite">{
        check === null ? t('order.caseHelp')
          : check.state === 'good'
            ? <span className="good"><CheckCircleFilled aria-hidden /> {t('order.caseGood', { ...check.value })}</span>
            : <span className={check.state === 'wrong' ? 'soon' : ''}>{t(hints[check.at])}</span>
      }</span>}>
      <Input maxLength={60} autoComplete="off" autoFocus />
    </Form.Item>
  );
}
