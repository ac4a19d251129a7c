import { el } from './dom';
import { visible } from './diagnostic';
import { kindWords } from './kinds';
import { indexTime } from './packIndex';
import { stepNumbers, type Outcome, type StepState } from './pack';
import { findingText, say, stepText, verdictText, type Language, type Word } from './words';

const stateWords: Record<StepState, Word> = { passed: 'passed', skipped: 'skipped', refused: 'stopped', open: 'open' };
const rowsAtOnce = 200;

/** The answer in one sentence, and what it stands on. */
export function headline(language: Language, name: string, outcome: Outcome): HTMLElement {
  const { verdict, detail, examination, states } = outcome;
  const stopped = [...states].find(([, state]) => state === 'refused')?.[0] ?? 0;
  const isSelfDeclared = verdict === 0 && examination.pinned === null;
  const sentence = verdict !== 0 ? say(language, 'refused', { why: verdictText(language, verdict) }) : say(language, isSelfDeclared ? 'selfDeclared' : 'valid');
  return el('section', { class: `verdict ${verdict !== 0 ? 'bad' : isSelfDeclared ? 'warn' : 'good'}`, 'data-verdict': String(verdict) },
    el('h2', { tabindex: '-1' }, sentence),
    verdict !== 0 && el('p', {}, say(language, 'verdictLine', { verdict, step: stopped })),
    verdict !== 0 && el('p', { class: 'detail' }, visible(detail)),
    isSelfDeclared && el('p', {}, say(language, 'selfDeclaredHow')),
    isSelfDeclared && el('p', { class: 'fingerprint' }, examination.genesis.fingerprint),
    el('p', { class: 'small' }, `${say(language, 'file')}: ${visible(name)}`));
}

/** Which court, which log, how much; only of a pack that was found valid. */
export function facts(language: Language, { verdict, examination }: Outcome): HTMLElement | null {
  if (verdict !== 0) return null;
  const { genesis, checkpoint, statements, originals } = examination;
  const name = language === 'zh' ? genesis.court : genesis.courtEn ?? genesis.court;
  const rows: [Word, string][] = [
    ['court', `${visible(name)} (${visible(genesis.code)})`], ['log', visible(genesis.origin)], ['entries', String(checkpoint.size)],
    ['contents', say(language, 'counts', { statements: statements.length, originals: originals.length })], ['fingerprint', genesis.fingerprint],
  ];
  return el('section', {}, el('dl', {}, ...rows.flatMap(([word, value]) => [el('dt', {}, say(language, word)), el('dd', {}, value)])));
}

export function findingsList(language: Language, { findings, verdict }: Outcome): HTMLElement | null {
  const items = findings.map(({ number, about }) => el('li', {}, findingText(language, number, visible(about))));
  if (verdict === 0) items.push(el('li', {}, say(language, 'limits')));
  return items.length === 0 ? null : el('section', {}, el('h3', {}, say(language, 'findings')), el('ul', {}, ...items));
}

export function stepsTable(language: Language, { states }: Outcome): HTMLElement {
  const rows = stepNumbers.map((number) => {
    const state = states.get(number) ?? 'open';
    return el('tr', { class: state }, el('td', {}, String(number)), el('td', {}, stepText(language, number)), el('td', {}, say(language, stateWords[state])));
  });
  const steps = table(language, ['step', 'check', 'result'], rows);
  steps.className = 'steps';
  return section(language, 'steps', steps);
}

/** Statements as they were signed; only of a pack that was found valid. */
export function statementsTable(language: Language, { verdict, examination }: Outcome): HTMLElement | null {
  if (verdict !== 0) return null;
  const all = examination.statements;
  const rowOf = ({ index, statement }: (typeof all)[number]): HTMLElement => el('tr', {},
    el('td', {}, String(index)), el('td', { class: 'time' }, indexTime(statement.timeMs)), el('td', {}, visible(kindWords(statement.kind)[language])),
    el('td', {}, visible(statement.issuer)), el('td', {}, visible(statement.subject)));
  const shown = table(language, ['index', 'time', 'what', 'who', 'about'], []);
  const rows = gradually(language, all, rowsAtOnce, (items) => shown.tBodies[0]!.append(...items.map(rowOf)));
  return section(language, 'statements', el('p', { class: 'small' }, say(language, 'order')), scrolling(language, shown), rows);
}

/** Shows the first items, and more when asked; a button, or nothing when all are there. */
export function gradually<T>(language: Language, items: readonly T[], step: number, show: (items: readonly T[]) => void): HTMLButtonElement | null {
  let shown = Math.min(step, items.length);
  show(items.slice(0, shown));
  if (shown === items.length) return null;
  const label = (): string => say(language, 'more', { n: Math.min(step, items.length - shown) });
  const button = el('button', { type: 'button' }, label());
  button.addEventListener('click', () => {
    show(items.slice(shown, shown + step));
    shown = Math.min(shown + step, items.length);
    if (shown === items.length) button.remove();
    else button.textContent = label();
  });
  return button;
}

export const section = (language: Language, title: Word, ...content: (Node | null)[]): HTMLElement =>
  el('section', {}, el('h3', {}, say(language, title)), ...content);

// A region that scrolls must be reachable by keyboard.
const scrolling = (language: Language, content: HTMLElement): HTMLElement =>
  el('div', { class: 'wide', tabindex: '0', role: 'region', 'aria-label': say(language, 'statements') }, content);

export function table(language: Language, columns: readonly Word[], rows: readonly HTMLElement[]): HTMLTableElement {
  const head = el('thead', {}, el('tr', {}, ...columns.map((word) => el('th', { scope: 'col' }, say(language, word)))));
  return el('table', {}, head, el('tbody', {}, ...rows));
}
