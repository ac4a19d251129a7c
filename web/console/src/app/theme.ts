import type { ThemeConfig } from 'antd';
import type { Language } from '../api/types';

// Red belongs to alarms alone, so the house colour is ink blue. Every pair below has a contrast of at least 4.5:1.
const latin = "'Segoe UI',system-ui,'DejaVu Sans'";
const chinese = "'Noto Sans CJK SC','Noto Sans SC','PingFang SC','Microsoft YaHei'";

// Chinese fonts draw quotation marks and apostrophes at full width, so English puts them last.
export const theme = (language: Language): ThemeConfig => ({
  token: {
    colorPrimary: '#1d4f7c',
    colorInfo: '#1d4f7c',
    colorError: '#b3261e',
    colorSuccess: '#1c6b3a',
    colorWarning: '#8a5200',
    colorLink: '#174a77',
    colorTextSecondary: '#4a5560',
    colorTextTertiary: '#59636e',
    colorTextDescription: '#4a5560',
    colorTextPlaceholder: '#66707a',
    colorBgLayout: '#f2f4f6',
    borderRadius: 4,
    fontFamily: language === 'en' ? `${latin},${chinese},sans-serif` : `${chinese},${latin},sans-serif`,
    controlHeight: 36,
    fontSize: 14,
    // Somebody who asked the system for less movement gets dialogs that are there at once.
    motion: !matchMedia('(prefers-reduced-motion: reduce)').matches,
  },
  components: { Button: { fontWeight: 500 } },
});
