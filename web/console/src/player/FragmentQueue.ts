const keepSeconds = 10;
const waitingLimit = 512;

/** Feeds fragments to a SourceBuffer one at a time and in order, and keeps no more than 10 s behind the position. */
export class FragmentQueue {
  private readonly waiting: ArrayBuffer[] = [];
  private end = 0;

  /** @param grew called after each append with the growth of the buffered range, seconds. */
  constructor(
    private readonly buffer: SourceBuffer,
    private readonly position: () => number,
    private readonly grew: (growth: number) => void,
    private readonly failed: (reason: string) => void,
  ) {
    buffer.mode = 'segments';
    buffer.addEventListener('updateend', () => this.updated());
    buffer.addEventListener('error', () => this.failed('append'));
  }

  get range(): { start: number; end: number } | null {
    const ranges = this.buffer.buffered;
    // After an encoder restart or a skip there may be several; the live edge is in the last.
    return ranges.length === 0 ? null : { start: ranges.start(ranges.length - 1), end: ranges.end(ranges.length - 1) };
  }

  push(fragment: ArrayBuffer): void {
    this.waiting.push(fragment);
    if (this.waiting.length > waitingLimit) this.failed('overflow');
    else this.drain();
  }

  private updated(): void {
    const range = this.range;
    if (range && range.end !== this.end) {
      const growth = range.end - this.end;
      this.end = range.end;
      this.grew(growth);
    }
    this.drain();
  }

  private drain(): void {
    if (this.buffer.updating || this.trim()) return;
    const next = this.waiting.shift();
    if (!next) return;
    try {
      this.buffer.appendBuffer(next);
    } catch (error) {
      this.failed(error instanceof DOMException ? error.name : 'append');
    }
  }

  /** Starts removing what lies too far behind; true when it did. */
  private trim(): boolean {
    const ranges = this.buffer.buffered;
    if (ranges.length === 0) return false;
    const until = this.position() - keepSeconds;
    // A whole second of slack, so that it does not remove after every frame.
    if (until - ranges.start(0) < 1) return false;
    this.buffer.remove(ranges.start(0), until);
    return true;
  }
}
