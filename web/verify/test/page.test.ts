// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from 'vitest';
import { VerifyPage } from '../src/VerifyPage';
import { bytesOf, fromHex, vector } from './vectors';

const chosen = (name: string) => new File([bytesOf('packs', vector('packs', name))], `<b>${name}</b>.zip`);

beforeEach(() => {
  document.body.innerHTML = '<div id="page"></div>';
  new VerifyPage(document.getElementById('page')!, 'en').start();
});

async function choose(id: string, file: File | readonly File[], shown: string): Promise<void> {
  const input = document.getElementById(id) as HTMLInputElement;
  Object.defineProperty(input, 'files', { value: [file].flat() });
  input.dispatchEvent(new Event('change'));
  await vi.waitFor(() => expect(document.querySelector(shown)).not.toBeNull());
}

const verdict = () => document.querySelector<HTMLElement>('.verdict')!;

it('a pack without a roster is consistent, and the fingerprint is shown', async () => {
  await choose('pack', chosen('valid-small'), '.verdict');
  expect(verdict().dataset['verdict']).toBe('0');
  expect(verdict().querySelector('.fingerprint')!.textContent).toMatch(/^(\d{5} ){11}\d{5}$/);
  expect(document.querySelectorAll('tr.passed')).toHaveLength(18);
});

it('a pinned roster makes it valid, and without it the pack speaks for itself again', async () => {
  await choose('roster', new File([fromHex(vector('packs', 'valid').roster!)], 'roster.cbor'), '.pinned');
  await choose('pack', chosen('valid-small'), '.verdict');
  expect(verdict().className).toContain('good');
  document.querySelector<HTMLElement>('.pinned button')!.click();
  await vi.waitFor(() => expect(verdict().className).toContain('warn'));
});

it('what each court says is told in words, and whether the roster confirms it', async () => {
  await choose('roster', new File([fromHex(vector('packs', 'valid-final').roster!)], 'roster.cbor'), '.pinned');
  await choose('pack', chosen('valid-final-silent-approval'), '.verdict');
  const rows = [...document.querySelectorAll('.courts tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent));
  expect(rows).toEqual([
    ['Sample court 2 (示0102)', 'vouches', '2026-01-01 08:01:41', 'confirmed by your roster'],
    ['Sample court 3 (示0103)', 'vouches', '2026-01-01 08:01:42', 'confirmed by your roster'],
    ['Sample court 4 (示0104)', 'does not vouch', '', 'confirmed by your roster'],
    ['Sample court 5 (示0105)', 'vouches', '2026-01-01 08:01:44', 'in your roster, but it did not itself agree to these courts'],
    ["Example District People's Court (示0101)", 'vouches', '2026-01-01 08:01:40', 'confirmed by your roster'],
  ]);
  expect(document.body.textContent).toContain('4 of 5 courts vouch for 3 entries (4 needed), at 2026-01-01 08:01:41');
  expect(document.body.textContent).toContain('fewer of the courts that vouch than are needed: 3 / 4');
});

it('several rosters are one, and two that contradict each other are none', async () => {
  const [one, five] = ['valid-final-one-pinned', 'valid-final'].map((name) => new File([fromHex(vector('packs', name).roster!)], `${name}.cbor`));
  await choose('roster', [one!, five!], '.pinned');
  expect(document.querySelector('.pinned')!.textContent).toContain('Sample court 5');
  const other = new File([fromHex(vector('packs', 'roster-not-pinned').roster!)], 'other.cbor');
  await choose('roster', [five!, other], '.broken');
  expect(document.querySelector('.pinned')).toBeNull();
});

it('the anchor is told with what to compare, and a court alone has no table', async () => {
  await choose('pack', chosen('valid-anchored-earlier'), '.verdict');
  expect(document.body.textContent).toContain('Anchored: the first 2 entries, in block 1 of engine one');
  await choose('pack', chosen('valid-small'), '.verdict');
  await vi.waitFor(() => expect(document.querySelector('.courts')).toBeNull());
  expect(document.body.textContent).toContain('No other court vouches');
});

it('a refused pack names verdict and step and shows nothing of what is inside', async () => {
  await choose('pack', chosen('original-altered'), '.verdict');
  expect(verdict().textContent).toContain('Verdict 52 (step 5)');
  expect(document.querySelector('.originals, dl')).toBeNull();
});

it('names are text, never markup', async () => {
  await choose('pack', chosen('valid-odd-text'), '.verdict');
  expect(verdict().textContent).toContain('<b>valid-odd-text</b>.zip');
  expect(document.body.textContent).toContain('<seal>');
  expect(document.querySelector('b, seal')).toBeNull();
});

it('something that is no roster is ignored and said so', async () => {
  await choose('roster', new File(['hello'], 'roster.cbor'), '.broken');
  expect(document.querySelector('.broken')!.textContent).toContain('not valid');
});

it('the other language is one press away and keeps the answer', async () => {
  await choose('pack', chosen('valid-small'), '.verdict');
  document.querySelector<HTMLElement>('.language')!.click();
  expect(document.documentElement.lang).toBe('zh-CN');
  expect(verdict().textContent).toContain('内部一致');
});
