import { PhoneApi, tokenOf } from './phoneApi';
import { PhonePage } from './PhonePage';
import { browserLanguage } from './words';

const root = document.getElementById('page');
if (!root) throw new Error('no #page');
const language = browserLanguage(navigator.languages);
document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
void new PhonePage(root, new PhoneApi(tokenOf(location.pathname)), language).start();
