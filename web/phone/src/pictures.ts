import { el } from './dom';
import type { PhoneApi } from './phoneApi';
import { say, type Language } from './words';

/** The newest pictures; a tap shows one as large as the screen, a broken one loads again on a tap. */
export function pictureStrip(api: PhoneApi, hashes: readonly string[], language: Language): HTMLElement {
  const section = el('section', { class: 'pictures' }, el('h2', {}, say(language, 'pictures')));
  if (hashes.length === 0) {
    section.append(el('p', {}, say(language, 'noPictures')));
    return section;
  }
  const list = el('div', { class: 'picture-list' });
  hashes.forEach((hash, i) => list.append(picture(api.pictureUrl(hash), say(language, 'pictureAlt', { n: i + 1 }), language)));
  section.append(list, el('p', { class: 'note' }, say(language, 'recorded')));
  return section;
}

function picture(url: string, alt: string, language: Language): HTMLElement {
  const image = el('img', { alt, decoding: 'async', src: url });
  const failed = el('span', { class: 'broken', hidden: '' }, say(language, 'pictureBroken'));
  const button = el('button', { type: 'button', 'aria-label': alt }, image, failed);
  image.addEventListener('error', () => {
    image.hidden = true;
    failed.hidden = false;
  });
  button.addEventListener('click', () => {
    if (!image.hidden) return enlarge(url, alt, language);
    image.hidden = false;
    failed.hidden = true;
    image.src = url;
  });
  return button;
}

function enlarge(url: string, alt: string, language: Language): void {
  const close = el('button', { type: 'button', class: 'close' }, say(language, 'close'));
  const dialog = el('dialog', { 'aria-label': alt }, el('img', { src: url, alt }), close);
  close.addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
