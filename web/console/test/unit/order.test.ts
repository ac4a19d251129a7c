import { describe, expect, it } from 'vitest';
import { checkCase } from '../../src/pages/order/caseNumber';
import { isRuling } from '../../src/pages/order/ruling';
import { parseSlots } from '../../src/pages/seal/InstallDialog';
import { maskEmail, maskName, maskPhone } from '../../src/pages/seal/PartyList';
import { countBy, wallSeals } from '../../src/pages/wall/wallFilter';
import { moments, offsetText } from '../../src/pages/incident/StillStrip';
import { newestFirst } from '../../src/widgets/timelineItems';
import type { SealCard, Still, TimelineItem } from '../../src/api/types';

describe('checkCase', () => {
  it.each([
    ['（2020）京0108执1234号', '（2020）京0108执1234号'],
    ['(2020)京0105执1234号', '（2020）京0105执1234号'],
    ['（２０１７）京０４民终３６７号', '（2017）京04民终367号'],
    ['〔2026〕最高法执监5号', '（2026）最高法执监5号'],
    ['2026 京 0491 民初 19067 号', '（2026）京0491民初19067号'],
    ['（2024）沪73知民初12号', '（2024）沪73知民初12号'],
    ['（2026）内执保1号之一', '（2026）内执保1号之一'],
  ])('accepts %s', (input, text) => expect(checkCase(input)).toMatchObject({ state: 'good', value: { text } }));

  it.each([
    ['', 'unfinished', 'year'], ['（20', 'unfinished', 'year'], ['abc', 'wrong', 'year'], ['（2026）', 'unfinished', 'court'],
    ['（2026）最', 'unfinished', 'court'], ['（2026）X', 'wrong', 'court'], ['（2026）京0108', 'unfinished', 'type'],
    ['（2026）京0108执', 'unfinished', 'number'], ['（2026）京0108执012号', 'wrong', 'number'],
    ['（2026）京0108执12', 'unfinished', 'end'], ['（2026）京0108执12号x', 'wrong', 'end'],
  ])('says where %s stops', (input, state, at) => expect(checkCase(input)).toEqual({ state, at }));

  it('reads the court apart from the type', () =>
    expect(checkCase('（2020）京0108执恢88号')).toMatchObject({ value: { year: 2020, court: '京0108', type: '执恢', number: 88 } }));
});

describe('isRuling', () => {
  const pdf = (size: number, name = 'r.pdf', type = 'application/pdf') => ({ size, name, type });
  it('accepts a PDF of 20 MB', () => expect(isRuling(pdf(20 * 1024 * 1024))).toBe(true));
  it('refuses one byte more', () => expect(isRuling(pdf(20 * 1024 * 1024 + 1))).toBe(false));
  it('refuses an empty file', () => expect(isRuling(pdf(0))).toBe(false));
  it('refuses a picture', () => expect(isRuling(pdf(5, 'r.jpg', 'image/jpeg'))).toBe(false));
});

describe('masks', () => {
  it('keep the first character of a name', () => expect(maskName('李正义')).toBe('李**'));
  it('keep both ends of a phone number', () => expect(maskPhone('13812345678')).toBe('138****5678'));
  it('leave a number alone that came masked', () => expect(maskPhone('138****5678')).toBe('138****5678'));
  it('keep the domain of an address', () => expect(maskEmail('law@bank.example')).toBe('l***@bank.example'));
});

describe('parseSlots', () => {
  it('reads either comma', () => expect(parseSlots('40, 120，200')).toEqual([40, 120, 200]));
  it('takes nothing as none', () => expect(parseSlots(undefined)).toEqual([]));
  it('refuses words', () => expect(parseSlots('40, x')).toBeNull());
});

describe('wallSeals', () => {
  const seal = (sealNumber: string, more: Partial<SealCard> = {}): SealCard => ({
    sealNumber, caseNumber: `（2026）京0108执${sealNumber}号`, address: '朝阳区永安东里', legalState: 'armed', deviceState: 'online',
    until: '2028-01-01', daysLeft: 400, ...more,
  });
  const seals = [seal('1'), seal('2', { deviceState: 'silent' }), seal('3', { openIncident: 'i', incidentLevel: 3, deviceState: 'alarm' }),
    seal('4', { daysLeft: 5 }), seal('5', { legalState: 'lapsed', daysLeft: -3 })];

  it('puts alarms first, then silence, then the nearest end', () =>
    expect(wallSeals(seals, 'all', '').map((s) => s.sealNumber)).toEqual(['3', '2', '4', '1', '5']));
  it('does not call a lapsed seal due', () => expect(wallSeals(seals, 'expiring', '').map((s) => s.sealNumber)).toEqual(['4']));
  it('finds by all words, in any width', () => expect(wallSeals(seals, 'all', '永安 ０１０８执2')).toHaveLength(1));
  it('counts each filter', () => expect(countBy(seals)).toEqual({ all: 5, alarm: 1, silent: 1, expiring: 1, notArmed: 0 }));
});

describe('timeline', () => {
  const item = (hash: string, kind: string, receivedAt: string, sequence = 0): TimelineItem =>
    ({ hash, kind, receivedAt, sequence, state: 'received', issuer: 'device:d', at: receivedAt, text: { zh: '', en: '' }, routine: false });

  it('goes from the newest to the oldest, and by the device’s own count within one instant', () => {
    const items = [item('a', 'strip.cut', '2026-01-05T00:00:00Z', 1), item('c', 'siren.on', '2026-01-05T00:00:01Z', 3), item('b', 'camera.on', '2026-01-05T00:00:01Z', 2)];
    expect(newestFirst(items).map((i) => i.hash)).toEqual(['c', 'b', 'a']);
  });
});

describe('moments', () => {
  const still = (hash: string, offsetMs: number, width: number): Still =>
    ({ hash, offsetMs, width, height: 1, thumbnail: false, state: 'signed', takenAt: new Date(1_700_000_000_000 + offsetMs).toISOString() });

  it('shows one tile for a picture and its thumbnail', () =>
    expect(moments([still('small', 300, 320), still('large', 300, 1280)])).toEqual([{ full: still('large', 300, 1280), small: 'small' }]));
  it('shows a thumbnail alone until its full picture is there', () => expect(moments([still('tiny', 0, 320)])[0]?.full.hash).toBe('tiny'));
  it('goes from before the trigger to after it', () => expect(moments([still('b', 900, 9), still('a', -400, 9)]).map((m) => m.full.hash)).toEqual(['a', 'b']));
  it('keeps pictures of two triggers apart', () =>
    expect(moments([still('first', 0, 9), { ...still('second', 0, 9), takenAt: new Date(1_700_000_090_000).toISOString() }]).map((m) => m.full.hash)).toEqual(['first', 'second']));
  it('signs the offset', () => expect([offsetText(-400), offsetText(-20), offsetText(1100)]).toEqual(['−0.4', '0.0', '+1.1']));
});
