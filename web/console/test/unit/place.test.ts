import { describe, expect, it } from 'vitest';
import { placeOf } from '../../src/i18n/place';

describe('placeOf', () => {
  it('shows the address', () => expect(placeOf({ caseNumber: 'c', address: 'a' }, 'zh')).toBe('a'));
  it('says in both languages that it was erased', () => {
    expect(placeOf({ caseNumber: 'c', address: '' }, 'zh')).toBe('地址和人员信息已删除');
    expect(placeOf({ caseNumber: 'c', address: '' }, 'en')).toBe('Address and people erased');
  });
  it('says nothing of a seal without an order', () => expect(placeOf({ caseNumber: '', address: '' }, 'en')).toBe(''));
});
