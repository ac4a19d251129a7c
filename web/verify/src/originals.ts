import { hex } from './bytes';
import { el } from './dom';
import type { Outcome } from './pack';
import type { ManifestFile } from './manifest';
import { gradually, section } from './report';
import { sha256 } from './sha256';
import { say, type Language } from './words';

const atOnce = 12;
/** Shown from memory, so that what is shown is what was hashed. */
const shownLengthMax = 256 << 20;
const types: Record<string, string> = { jpg: 'image/jpeg', mp4: 'video/mp4', pdf: 'application/pdf', bin: 'application/octet-stream' };

/** Pictures before clips before documents. */
const rank = (original: ManifestFile): number => Object.keys(types).indexOf(original.name.extension);

/** The originals of a pack that was found valid: pictures and clips to look at, the rest to save. Nothing is ever shown as a page. */
export class OriginalsGallery {
  private readonly urls: string[] = [];

  constructor(private readonly language: Language, private readonly outcome: Outcome) {}

  element(): HTMLElement | null {
    const { verdict, examination } = this.outcome;
    if (verdict !== 0 || examination.originals.length === 0) return null;
    const ordered = [...examination.originals].sort((a, b) => rank(a) - rank(b));
    const list = el('ul', { class: 'originals' });
    let number = 0;
    const more = gradually(this.language, ordered, atOnce, (items) => {
      for (const original of items) {
        const item = el('li', {});
        list.append(item);
        void this.fill(item, original, ++number);
      }
    });
    return section(this.language, 'originals', list, more);
  }

  /** Frees the memory of what was shown. */
  close(): void {
    for (const url of this.urls.splice(0)) URL.revokeObjectURL(url);
  }

  private async fill(item: HTMLElement, original: ManifestFile, n: number): Promise<void> {
    const { name, size } = original;
    const url = size > shownLengthMax ? null : await this.urlOf(original);
    if (url === null) item.append(say(this.language, 'tooLarge', { name: name.text }));
    else if (name.extension === 'jpg') item.append(el('img', { src: url, alt: say(this.language, 'picture', { n }) }));
    else if (name.extension === 'mp4') item.append(el('video', { src: url, controls: '', preload: 'metadata', 'aria-label': say(this.language, 'clip', { n }) }));
    else item.append(el('a', { href: url, download: `${name.hash}.${name.extension}` }, say(this.language, 'saveFile', { name: `${name.hash.slice(0, 8)}….${name.extension}` })));
  }

  /** The bytes are read and hashed once more: the file on the disk may have been changed since it was checked. */
  private async urlOf({ name }: ManifestFile): Promise<string | null> {
    const bytes = (await this.outcome.examination.read(name.text)).slice();
    if (hex(sha256(bytes)) !== name.hash) return null;
    const url = URL.createObjectURL(new Blob([bytes], { type: types[name.extension] ?? '' }));
    this.urls.push(url);
    return url;
  }
}
