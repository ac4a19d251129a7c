import { expect, it } from 'vitest';
import { stepNumbers } from '../src/pack';
import { findings, steps, verdicts } from '../src/verdictWords';
import { browserLanguage, findingText, words } from '../src/words';
import { vectorsOf } from './vectors';

const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort();
const pairs = [...Object.entries(words), ...Object.entries(steps), ...Object.entries(verdicts), ...Object.entries(findings)];

it.each(pairs)('%s has both languages with the same places', (_, [zh, en]) => {
  expect(zh).not.toBe('');
  expect(en).not.toBe('');
  expect(places(zh)).toEqual(places(en));
});

it('every step and every verdict of the vectors has words', () => {
  expect(Object.keys(steps).map(Number)).toEqual(stepNumbers);
  expect(Object.keys(verdicts).map(Number)).toEqual([...new Set(vectorsOf('packs').map((v) => v.verdict))].filter((v) => v > 0).sort((a, b) => a - b));
});

it('what a finding is about is put in as it is', () => expect(findingText('en', 3, '$& {about}')).toBe("A seal's clock went back: $& {about}"));
it('speaks Chinese when it knows no better', () => expect(browserLanguage(['fr'])).toBe('zh'));
