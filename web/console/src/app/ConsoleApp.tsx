import { App, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import 'dayjs/locale/zh-cn';
import { BrowserRouter } from 'react-router';
import { LanguageProvider, useWords } from '../i18n/LanguageContext';
import { Session } from './Session';
import { theme } from './theme';

export function ConsoleApp() {
  return (
    <LanguageProvider>
      <Localised />
    </LanguageProvider>
  );
}

function Localised() {
  const { language } = useWords();
  return (
    <ConfigProvider locale={language === 'zh' ? zhCN : enUS} theme={theme(language)} button={{ autoInsertSpace: false }}>
      <App message={{ top: 72, maxCount: 3 }}>
        <BrowserRouter basename="/console">
          <Session />
        </BrowserRouter>
      </App>
    </ConfigProvider>
  );
}
