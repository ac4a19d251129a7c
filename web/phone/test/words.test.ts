import { describe, expect, it } from 'vitest';
import { ago, beijingTime, browserLanguage, say, words, type Word } from '../src/words';

const keys = Object.keys(words) as Word[];
const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort();

describe('words', () => {
  it.each(keys)('%s has both languages with the same places', (key) => {
    const [zh, en] = words[key];
    expect(zh).not.toBe('');
    expect(en).not.toBe('');
    expect(places(zh)).toEqual(places(en));
  });

  it('fills places', () => expect(say('zh', 'minutesAgo', { n: 3 })).toBe('3 分钟前'));
  it('shows Beijing time', () => expect(beijingTime('2026-01-05T23:30:09.123Z')).toBe('2026-01-06 07:30:09'));
  it('gives an age', () => expect(ago('en', '2026-01-05T10:00:00Z', Date.parse('2026-01-05T12:01:00Z'))).toBe('2 h ago'));
  it('speaks the first language of the phone that it knows', () => expect(browserLanguage(['fr', 'en-GB'])).toBe('en'));
  it('speaks Chinese otherwise', () => expect(browserLanguage(['fr'])).toBe('zh'));
});
