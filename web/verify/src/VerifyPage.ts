import type { Bytes } from './bytes';
import { signatureClock } from './cose';
import { visible } from './diagnostic';
import { el } from './dom';
import { OriginalsGallery } from './originals';
import { verifyPack, type Outcome } from './pack';
import { courtsTable } from './courtReport';
import { facts, findingsList, headline, stepsTable, statementsTable } from './report';
import { isSameCourt, parseRoster, readGenesis, type Genesis } from './roster';
import { say, stepText, type Language } from './words';

const rosterLengthMax = 16 << 20;

interface Answer {
  readonly name: string;
  readonly outcome: Outcome;
  readonly signatures: number;
  readonly milliseconds: number;
}

/** The whole page: a pack and perhaps a roster in, one answer out. */
export class VerifyPage {
  private pack: File | null = null;
  private courts: readonly Genesis[] | null = null;
  private answer: Answer | null = null;
  private gallery: OriginalsGallery | null = null;
  private trouble = '';
  private rosterBroken = false;
  private run = 0;
  private readonly status = el('p', { role: 'status', class: 'status' });
  private readonly bar = el('progress', { max: '100', hidden: '' });

  constructor(private readonly root: HTMLElement, private language: Language) {}

  start(): void {
    document.addEventListener('dragover', (event) => event.preventDefault());
    document.addEventListener('drop', (event) => {
      event.preventDefault();
      void this.take([...event.dataTransfer?.files ?? []]);
    });
    this.show();
  }

  /** A pack is a zip; what else is dropped can only be rosters. */
  private async take(files: readonly File[]): Promise<void> {
    const heads = await Promise.all(files.map(async (file) => new Uint8Array(await file.slice(0, 2).arrayBuffer())));
    const isPack = (file: File, i: number): boolean => /\.zip$/i.test(file.name) || (heads[i]![0] === 0x50 && heads[i]![1] === 0x4b);
    const rosters = files.filter((file, i) => !isPack(file, i));
    if (rosters.length > 0) await this.pin(rosters);
    for (const pack of files.filter(isPack)) await this.check(pack);
  }

  /** All of them together are the roster; one that is broken spoils the whole. */
  private async pin(files: readonly File[]): Promise<void> {
    const rosters = await Promise.all(files.map(async (file) => (file.size > rosterLengthMax ? null : courtsOf(new Uint8Array(await file.arrayBuffer())))));
    const courts = together(rosters);
    this.rosterBroken = courts === null;
    this.courts = files.length === 0 ? null : courts;
    if (this.pack) await this.check(this.pack);
    else this.show();
  }

  private async check(file: File): Promise<void> {
    const run = ++this.run;
    this.pack = file;
    this.answer = null;
    this.trouble = '';
    this.show();
    const before = { ...signatureClock };
    try {
      const outcome = await verifyPack(file, this.courts, { progress: (step, done, of) => run === this.run && this.report(step, done, of) });
      if (run !== this.run) return;
      this.answer = { name: file.name, outcome, signatures: signatureClock.count - before.count, milliseconds: signatureClock.milliseconds - before.milliseconds };
    } catch (error) {
      if (run !== this.run) return;
      this.trouble = error instanceof Error ? error.message : String(error);
    }
    this.show();
    this.root.querySelector<HTMLElement>('.verdict h2')?.focus();
  }

  private report(step: number, done: number, of: number): void {
    this.bar.hidden = false;
    this.bar.value = of > 0 ? (100 * done) / of : 0;
    const text = say(this.language, 'working', { step, what: stepText(this.language, step) });
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  private show(): void {
    this.gallery?.close();
    this.gallery = this.answer ? new OriginalsGallery(this.language, this.answer.outcome) : null;
    document.documentElement.lang = this.language === 'zh' ? 'zh-CN' : 'en';
    document.title = this.say('title');
    this.status.textContent = this.trouble ? this.say('failed', { why: visible(this.trouble) }) : '';
    this.bar.hidden = true;
    this.root.replaceChildren(this.header(), el('main', {}, ...this.content()), this.footer());
  }

  private content(): Node[] {
    if (!globalThis.crypto?.subtle) return [el('p', { class: 'verdict bad', role: 'alert' }, this.say('noCrypto'))];
    return [el('p', {}, this.say('intro')), this.choices(), this.status, this.bar, ...this.answered()];
  }

  private answered(): Node[] {
    if (!this.answer) return [];
    const { name, outcome } = this.answer;
    return [
      headline(this.language, name, outcome), facts(this.language, outcome), courtsTable(this.language, outcome), stepsTable(this.language, outcome), findingsList(this.language, outcome),
      this.gallery?.element() ?? null, statementsTable(this.language, outcome),
    ].filter((part) => part !== null);
  }

  private header(): HTMLElement {
    const other = el('button', { type: 'button', class: 'language', lang: this.language === 'zh' ? 'en' : 'zh-CN' }, this.say('other'));
    other.addEventListener('click', () => {
      this.language = this.language === 'zh' ? 'en' : 'zh';
      this.show();
      this.root.querySelector<HTMLElement>('.language')?.focus();
    });
    return el('header', {}, el('h1', {}, this.say('title')), other);
  }

  private choices(): HTMLElement {
    const pack = this.chooser('pack', '.zip,application/zip', this.say('choosePack'), ([file]) => void this.check(file!));
    const roster = this.chooser('roster', '', this.say('chooseRoster'), (files) => void this.pin(files), true);
    const drop = el('button', { type: 'button' }, this.say('dropRoster'));
    drop.addEventListener('click', () => void this.pin([]));
    const courts = this.courts?.map((court) => visible(this.language === 'zh' ? court.court : court.courtEn ?? court.court)).join(', ');
    return el('section', { class: 'choices' }, pack, roster,
      courts !== undefined && el('p', { class: 'pinned' }, this.say('rosterGiven', { courts }), ' ', drop),
      this.rosterBroken && el('p', { class: 'broken', role: 'alert' }, this.say('rosterBroken')));
  }

  private chooser(id: string, accept: string, label: string, take: (files: readonly File[]) => void, multiple = false): HTMLElement {
    const input = el('input', { type: 'file', id, ...(accept && { accept }), ...(multiple && { multiple: '' }) });
    input.addEventListener('change', () => {
      if (input.files?.length) take([...input.files]);
    });
    return el('p', {}, el('label', { for: id }, label), input);
  }

  private footer(): HTMLElement {
    const speed = this.answer && this.answer.signatures > 0 && this.say('speed', {
      signatures: this.answer.signatures, ms: this.answer.milliseconds.toFixed(0), receipt: this.answer.outcome.examination.receiptMs.toFixed(1),
    });
    return el('footer', {},
      el('details', {}, el('summary', {}, this.say('offline')), el('p', {}, this.say('offlineHow'))),
      el('p', {}, this.say('independent')), speed && el('p', { class: 'speed' }, speed));
  }

  private say(...[word, values]: [Parameters<typeof say>[1], Parameters<typeof say>[2]?]): string {
    return say(this.language, word, values);
  }
}

/** Every court once; null when a roster is broken, or two of them give one log two geneses. */
function together(rosters: readonly (readonly Genesis[] | null)[]): readonly Genesis[] | null {
  const courts = new Map<string, Genesis>();
  for (const roster of rosters) {
    if (!roster?.every((court) => isSameCourt(courts.get(court.origin) ?? court, court))) return null;
    for (const court of roster) courts.set(court.origin, court);
  }
  return [...courts.values()];
}

/** The courts of a roster, or the one of a bare genesis. */
async function courtsOf(bytes: Bytes): Promise<readonly Genesis[] | null> {
  const roster = await parseRoster(bytes);
  if (roster.value) return roster.value;
  const genesis = await readGenesis(bytes);
  return genesis.value && [genesis.value];
}
