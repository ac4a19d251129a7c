import { el } from './dom';
import type { PhoneView } from './phoneApi';
import { ago, beijingTime, say, type Language, type Word } from './words';

const levels: readonly Word[] = ['level0', 'level1', 'level2', 'level3', 'level4'];

export function header(language: Language, courtName: string, switchLanguage: () => void): HTMLElement {
  const other = el('button', { type: 'button', class: 'language', lang: language === 'zh' ? 'en' : 'zh-CN' }, say(language, 'other'));
  other.addEventListener('click', switchLanguage);
  return el('header', {}, el('span', {}, courtName || say(language, 'title')), other);
}

/** What, where, when and how bad, in the order in which an officer asks. */
export function factsView(view: PhoneView, language: Language, now: number): HTMLElement {
  const t = (word: Word, values?: Record<string, string | number>) => say(language, word, values);
  const level = levels[Math.min(Math.max(view.level, 0), 4)] ?? 'level3';
  const severe = view.level >= 3 && view.handling === 'unacknowledged';
  return el('section', { class: severe ? 'what severe' : 'what' },
    el('h1', {}, `⚠ ${view.kind[language]}`),
    el('p', { class: 'address' }, view.address || (view.caseNumber && t('erased'))),
    el('dl', {},
      ...pair(t('level'), t(level)),
      ...pair(t('when'), t('beijing', { time: beijingTime(view.openedAt), ago: ago(language, view.openedAt, now) })),
      ...pair(t('caseNumber'), view.caseNumber),
      ...pair(t('state'), t(view.condition)),
      ...pair(t('seal'), view.sealNumber)));
}

function pair(name: string, value: string): HTMLElement[] {
  return [el('dt', {}, name), el('dd', {}, value)];
}

/** Who has it in hand; null while nobody has. */
export function handledView(view: PhoneView, language: Language): HTMLElement | null {
  if (view.handling === 'closed') return el('p', { class: 'handled', role: 'status' }, `✓ ${say(language, 'closed')}`);
  if (view.handling !== 'acknowledged') return null;
  const text = view.acknowledgedBy ? say(language, 'acknowledgedBy', { who: view.acknowledgedBy }) : say(language, 'acknowledged');
  return el('p', { class: 'handled', role: 'status' }, `✓ ${text}`, el('br'), el('small', {}, say(language, 'acknowledgedNote')));
}

export function callView(phone: string | undefined, language: Language): HTMLElement | null {
  const number = phone?.replace(/[^\d+]/g, '');
  return number ? el('a', { class: 'call', href: `tel:${number}` }, `☎ ${say(language, 'call')}`) : null;
}

export function goneView(language: Language): HTMLElement {
  return el('section', { class: 'gone' }, el('h1', {}, say(language, 'goneTitle')), el('p', {}, say(language, 'goneNote')));
}

export function offlineView(language: Language, seconds: number, retry: () => void): HTMLElement {
  const button = el('button', { type: 'button', class: 'retry' }, say(language, 'retry'));
  button.addEventListener('click', retry);
  return el('section', { class: 'gone' }, el('h1', {}, say(language, 'offlineTitle')),
    el('p', {}, say(language, 'offlineNote', { n: seconds })), button);
}
