import { LockOutlined, UserOutlined } from '@ant-design/icons';
import { Alert, Button, Form, Input } from 'antd';
import { useEffect, useState } from 'react';
import { ApiFailure, type StationClient } from '../../api/client';
import type { Me } from '../../api/types';
import { Emblem } from '../../app/Emblem';
import { failureText } from '../../app/failureText';
import { useWords } from '../../i18n/LanguageContext';

export function SignInPage({ client, onSignedIn }: { client: StationClient; onSignedIn: (me: Me) => void }) {
  const { t, language, setLanguage } = useWords();
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    document.title = t('app.title');
  }, [t]);

  const submit = async ({ login, password }: { login: string; password: string }) => {
    setBusy(true);
    setFailure(null);
    try {
      onSignedIn(await client.signIn(login, password));
    } catch (error) {
      const status = error instanceof ApiFailure ? error.status : 'network';
      setFailure(status === 401 ? t('signIn.wrong') : status === 429 ? t('signIn.locked') : failureText(error, t));
    } finally {
      setBusy(false);
    }
  };

  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <div className="sign-in-head"><Emblem size={48} /><h1>{t('app.title')}</h1></div>
        <Form layout="vertical" requiredMark={false} onFinish={(values: { login: string; password: string }) => void submit(values)}>
          {failure && <Alert className="sign-in-alert" type="error" showIcon title={failure} role="alert" />}
          <Form.Item name="login" label={t('signIn.login')} rules={[{ required: true, message: t('signIn.needLogin') }]}>
            <Input size="large" prefix={<UserOutlined aria-hidden />} autoComplete="username" autoFocus maxLength={64} />
          </Form.Item>
          <Form.Item name="password" label={t('signIn.password')} rules={[{ required: true, message: t('signIn.needPassword') }]}>
            <Input.Password size="large" prefix={<LockOutlined aria-hidden />} autoComplete="current-password" maxLength={256} />
          </Form.Item>
          <Button type="primary" size="large" htmlType="submit" block loading={busy}>{t('signIn.submit')}</Button>
        </Form>
        <p className="quiet">{t('signIn.note')}</p>
        <Button type="link" lang={language === 'zh' ? 'en' : 'zh-CN'} onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}>
          {t('nav.language')}
        </Button>
      </div>
    </main>
  );
}
