import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import catalogue from '../../../docs/formats/kinds.json';
import { mayState, kindWords } from '../src/kinds';

const sections: Record<string, string> = { '## From the device': 'device', '## From the court': 'court', '## From the station': 'station', '## From officers': 'officer' };

it('kinds.json names the kinds of kinds.md under their issuers', () => {
  const documented: Record<string, string> = {};
  let by = '';
  for (const line of readFileSync(new URL('../../../docs/formats/kinds.md', import.meta.url), 'utf8').split('\n')) {
    if (line.startsWith('## ')) by = sections[line] ?? '';
    if (by && line.startsWith('| `')) for (const [, kind] of line.split('|')[1]!.matchAll(/`([a-z_.]+)`/g)) documented[kind!] = by;
  }
  expect(Object.fromEntries(Object.entries(catalogue).map(([kind, { by: issuer }]) => [kind, issuer]))).toEqual(documented);
});

it('an unknown kind binds nobody and is shown by its name', () => {
  expect(mayState('device:x', 'weather.report')).toBe(true);
  expect(mayState('device:x', 'order.lifted')).toBe(false);
  expect(kindWords('weather.report').en).toBe('weather.report');
});
