export interface HoldWords { idle: string; holding: string; again: string }

const againWithinMs = 5_000;

/**
 * A button that acts after being held for a second, so that a phone in a pocket acknowledges nothing. Works by touch,
 * mouse, and by holding Space or Enter. Assistive technology can only activate, not hold: it activates twice instead.
 */
export class HoldButton {
  readonly element: HTMLButtonElement;
  private readonly bar = document.createElement('span');
  private readonly label = document.createElement('span');
  private timer: ReturnType<typeof setTimeout> | undefined;
  private askedAt = -Infinity;

  constructor(
    private readonly words: HoldWords,
    private readonly act: () => void,
    private readonly holdMs = 1_000,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.element = document.createElement('button');
    this.element.type = 'button';
    this.element.className = 'hold';
    this.bar.className = 'hold-bar';
    this.label.className = 'hold-label';
    this.label.textContent = words.idle;
    this.element.append(this.bar, this.label);
    this.listen();
  }

  /** Shows words without a hold, such as "sending", and refuses further holds. */
  busy(text: string): void {
    this.release();
    this.element.disabled = true;
    this.label.textContent = text;
  }

  ready(): void {
    this.element.disabled = false;
    this.label.textContent = this.words.idle;
  }

  private listen(): void {
    const { element } = this;
    element.addEventListener('pointerdown', (event) => {
      if (event.button === 0) this.press();
    });
    for (const end of ['pointerup', 'pointercancel', 'pointerleave', 'blur']) element.addEventListener(end, () => this.release());
    // A long press would open the browser's own menu.
    element.addEventListener('contextmenu', (event) => event.preventDefault());
    element.addEventListener('keydown', (event) => {
      if (event.key !== ' ' && event.key !== 'Enter') return;
      event.preventDefault();
      if (!event.repeat) this.press();
    });
    element.addEventListener('keyup', (event) => {
      if (event.key === ' ' || event.key === 'Enter') this.release();
    });
    element.addEventListener('click', (event) => {
      if (event.detail === 0) this.activated();
    });
  }

  private press(): void {
    if (this.element.disabled || this.timer !== undefined) return;
    this.label.textContent = this.words.holding;
    this.bar.style.transitionDuration = `${this.holdMs}ms`;
    this.element.classList.add('holding');
    this.timer = setTimeout(() => {
      this.release();
      this.act();
    }, this.holdMs);
  }

  private release(): void {
    if (this.timer === undefined) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.bar.style.transitionDuration = '120ms';
    this.element.classList.remove('holding');
    this.label.textContent = this.words.idle;
  }

  private activated(): void {
    if (this.element.disabled) return;
    if (this.now() - this.askedAt <= againWithinMs) {
      this.askedAt = -Infinity;
      this.act();
    } else {
      this.askedAt = this.now();
      this.label.textContent = this.words.again;
    }
  }
}
