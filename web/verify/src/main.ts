import { VerifyPage } from './VerifyPage';
import { browserLanguage } from './words';

const root = document.getElementById('page');
if (!root) throw new Error('no #page');
new VerifyPage(root, browserLanguage(navigator.languages)).start();
