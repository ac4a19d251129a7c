import { el } from './dom';
import { HoldButton } from './HoldButton';
import type { Answer, PhoneApi, PhoneView } from './phoneApi';
import { pictureStrip } from './pictures';
import { callView, factsView, goneView, handledView, header, offlineView } from './views';
import { beijingTime, say, type Language } from './words';

const refreshMs = 8_000;
const retryMs = 5_000;
const acknowledgeTries = 4;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The page behind the link of a warning: reads, shows, acknowledges, and goes on trying when the network does not. */
export class PhonePage {
  private view: PhoneView | null = null;
  private seenAt = 0;
  private stale = false;
  private problem: string | null = null;
  private hold: HoldButton | null = null;
  private shownKey = '';
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly root: HTMLElement, private readonly api: PhoneApi, private language: Language) {}

  async start(): Promise<void> {
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) void this.refresh();
    });
    await this.refresh();
  }

  private async refresh(): Promise<void> {
    clearTimeout(this.timer);
    const answer = await this.api.read();
    // While a hold is being sent the page must not change under the finger.
    if (!this.hold?.element.disabled) this.take(answer);
    if (answer.kind === 'unreachable') this.timer = setTimeout(() => void this.refresh(), retryMs);
    else if (answer.kind === 'view' && answer.view.handling !== 'closed') this.timer = setTimeout(() => void this.refresh(), refreshMs);
  }

  private take(answer: Answer): void {
    if (answer.kind === 'view') {
      this.view = answer.view;
      this.seenAt = Date.now();
      this.stale = false;
      this.render();
    } else if (answer.kind === 'unreachable') {
      this.stale = true;
      this.render();
    } else {
      this.view = null;
      this.show(header(this.language, '', () => this.switchLanguage(() => this.take(answer))), goneView(this.language));
    }
  }

  private render(): void {
    const { view, language } = this;
    if (!view) {
      this.show(header(language, '', () => this.switchLanguage()), offlineView(language, retryMs / 1000, () => void this.refresh()));
      return;
    }
    // Nothing new: leave the page alone, so that focus, scroll and a hold in progress survive.
    const key = JSON.stringify([view, language, this.stale, this.problem, Math.floor(Date.now() / 60_000)]);
    if (key === this.shownKey || this.root.querySelector('.holding')) return;
    this.shownKey = key;
    document.title = `${view.kind[language]} ${view.caseNumber}`;
    this.show(
      header(language, view.courtName[language], () => this.switchLanguage()),
      this.stale ? el('p', { class: 'stale', role: 'status' }, say(language, 'stale', { time: beijingTime(this.seenAt).slice(11) })) : null,
      factsView(view, language, Date.now()),
      handledView(view, language),
      this.acknowledgeView(view),
      this.problem ? el('p', { class: 'problem', role: 'alert' }, this.problem) : null,
      pictureStrip(this.api, view.pictures, language),
      callView(view.dutyPhone, language),
    );
  }

  private acknowledgeView(view: PhoneView): HTMLElement | null {
    this.hold = null;
    if (!view.acknowledgeable || view.handling !== 'unacknowledged') return null;
    const { language } = this;
    this.hold = new HoldButton(
      { idle: say(language, 'hold'), holding: say(language, 'holding'), again: say(language, 'again') },
      () => void this.acknowledge());
    return el('div', { class: 'acknowledge' }, this.hold.element, el('p', { class: 'note' }, say(language, 'holdNote')));
  }

  /** Sends until it arrives: to acknowledge twice is the same as once. */
  private async acknowledge(): Promise<void> {
    const { hold, language } = this;
    if (!hold) return;
    hold.busy(say(language, 'sending'));
    let answer: Answer = { kind: 'unreachable' };
    for (let n = 1; n <= acknowledgeTries; n++) {
      answer = await this.api.acknowledge();
      if (answer.kind !== 'unreachable') break;
      if (n === acknowledgeTries) break;
      hold.busy(say(language, 'retrying', { n }));
      await pause(600 * 2 ** n);
    }
    hold.ready();
    this.problem = answer.kind === 'view' ? null
      : say(language, answer.kind === 'refused' ? 'ackRefused' : answer.kind === 'conflict' ? 'ackConflict' : 'ackFailed');
    if (answer.kind === 'view' || answer.kind === 'gone') this.take(answer);
    else await this.refresh();
    if (answer.kind === 'view') navigator.vibrate?.(80);
  }

  private switchLanguage(again: () => void = () => this.render()): void {
    this.language = this.language === 'zh' ? 'en' : 'zh';
    this.problem = null;
    document.documentElement.lang = this.language === 'zh' ? 'zh-CN' : 'en';
    again();
  }

  private show(...children: (HTMLElement | null)[]): void {
    this.root.replaceChildren(...children.filter((c) => c !== null));
  }
}
