import { describe, expect, it } from 'vitest';
import { dictionary, say, sayName, type WordKey } from '../../src/i18n/dictionary';
import { chain } from '../../src/i18n/words.chain';
import { common } from '../../src/i18n/words.common';
import { domain } from '../../src/i18n/words.domain';
import { incident } from '../../src/i18n/words.incident';
import { log } from '../../src/i18n/words.log';
import { seal } from '../../src/i18n/words.seal';
import { age, clockMs, dateTime, wait } from '../../src/i18n/format';
import { initialLanguage } from '../../src/i18n/LanguageContext';

const keys = Object.keys(dictionary) as WordKey[];
const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort();

describe('dictionary', () => {
  it.each(keys)('%s has both languages with the same places', (key) => {
    const [zh, en] = dictionary[key];
    expect(zh.trim()).not.toBe('');
    expect(en.trim()).not.toBe('');
    expect(places(zh)).toEqual(places(en));
  });

  it('has Chinese in the Chinese column of every key', () => {
    const without = keys.filter((key) => !/[\u4e00-\u9fff]/.test(dictionary[key][0]));
    // The language switch names the other language.
    expect(without).toEqual(['nav.language']);
  });

  it('has no Chinese in the English column but where it is quoted', () => {
    const mixed = keys.filter((key) => /[\u4e00-\u9fff]/.test(dictionary[key][1]));
    expect(mixed.sort()).toEqual(['nav.language', 'order.caseCourt', 'order.caseEnd', 'order.caseHelp', 'order.caseType']);
  });

  it('loses no word to another file of the same key', () => {
    const counts = [common, domain, incident, seal, log, chain].reduce((n, words) => n + Object.keys(words).length, 0);
    expect(keys).toHaveLength(counts);
  });

  it('fills places and leaves unknown ones as they are', () => {
    expect(say('zh', 'age.minutes', { n: 2 })).toBe('2 分钟前');
    expect(say('en', 'age.minutes')).toBe('{n} min ago');
  });

  it('shows a wire name that is new to it as it came', () => expect(sayName('zh', 'kind', 'roof.flown')).toBe('roof.flown'));
});

describe('format', () => {
  it('shows Beijing time wherever the PC stands', () => {
    expect(dateTime('2026-01-05T23:30:09.123Z')).toBe('2026-01-06 07:30:09');
    expect(clockMs('2026-01-05T23:30:09.023Z')).toBe('07:30:09.023');
  });

  it('shows a dash for no time', () => expect(dateTime('')).toBe('—'));

  it('counts a wait in minutes and seconds, then in hours', () => {
    expect(wait('zh', 192_000)).toBe('03:12');
    expect(wait('en', 3_900_000)).toBe('1 h 5 min');
    expect(wait('zh', -5)).toBe('00:00');
  });

  it('gives ages in words', () => {
    const now = Date.parse('2026-01-05T12:00:00Z');
    expect(age('zh', '2026-01-05T11:58:00Z', now)).toBe('2 分钟前');
    expect(age('en', '2026-01-03T12:00:00Z', now)).toBe('2 d ago');
    expect(age('zh', '2026-01-05T12:00:09Z', now)).toBe('刚刚');
  });
});

describe('initialLanguage', () => {
  it('prefers what the person chose', () => expect(initialLanguage('en', ['zh-CN'])).toBe('en'));
  it('takes the first language of the browser that it speaks', () => expect(initialLanguage(null, ['fr', 'en-GB', 'zh'])).toBe('en'));
  it('speaks Chinese otherwise', () => expect(initialLanguage(null, ['fr'])).toBe('zh'));
});
