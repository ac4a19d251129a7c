import type { Anchor } from './anchor';
import { hex } from './bytes';
import { voicesOf } from './courtSteps';
import { visible } from './diagnostic';
import { el } from './dom';
import type { Finality, Standing, Voice } from './finality';
import type { Outcome } from './pack';
import { indexTime } from './packIndex';
import { section, table } from './report';
import { say, type Language, type Word } from './words';

const standingWords: Record<Standing, Word> = { known: 'known', unproven: 'unproven', selfDeclared: 'packOnly' };

/** Which courts vouch, for how much, since when, and which anchor holds it; only of a pack that was found valid. */
export function courtsTable(language: Language, { verdict, examination }: Outcome): HTMLElement | null {
  const { finality, anchor, checkpoint } = examination;
  if (verdict !== 0 || !(finality ?? anchor)) return null;
  const anchored = anchor && el('p', { class: 'small' }, anchorText(language, anchor));
  if (!finality) return section(language, 'courts', anchored);
  const shown = table(language, ['court', 'result', 'time', 'standing'], finality.voices.map((voice) => rowOf(language, voice)));
  shown.className = 'courts';
  return section(language, 'courts', el('p', {}, finalText(language, finality, checkpoint.size)), shown, anchored);
}

function rowOf(language: Language, { court, standing, time }: Voice): HTMLElement {
  const name = language === 'zh' ? court.name : court.nameEn;
  return el('tr', { class: time === null ? 'silent' : 'vouches' },
    el('td', {}, `${visible(name)} (${visible(court.code)})`), el('td', {}, say(language, time === null ? 'silent' : 'vouches')),
    el('td', {}, time === null ? '' : clock(time)), el('td', {}, say(language, standingWords[standing])));
}

function finalText(language: Language, finality: Finality, size: bigint): string {
  const { heard } = voicesOf(finality);
  return say(language, 'final', { courts: finality.voices.length, heard, size: String(size), needed: finality.epoch.needed, time: clock(finality.median) });
}

const anchorText = (language: Language, { size, identity, number, hash, reference }: Anchor): string => say(language, 'anchored', {
  size: String(size), identity: visible(identity), number: String(number), hash: hex(hash), reference: visible(reference) });

/** Cosigners tell seconds. */
const clock = (seconds: bigint): string => indexTime(seconds * 1000n).replace(/\.000$/, '');
