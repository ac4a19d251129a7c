export type SoundState = 'off' | 'armed' | 'ringing';

const repeatMs = 2_400;

/**
 * The alarm tone of a console. Browsers keep a page mute until a gesture, so it is armed by a click at shift start; then
 * it repeats for as long as an alarm waits. Tones are computed: no file, nothing to load when it matters.
 */
export class AlarmSound {
  private context: AudioContext | null = null;
  private timer: ReturnType<typeof setInterval> | undefined;
  private wanted = false;
  private readonly watchers = new Set<() => void>();
  private state: SoundState = 'off';

  readonly snapshot = (): SoundState => this.state;

  readonly subscribe = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  /** Must be called from a click or key. Plays one short tone, so that the officer hears that it works. */
  async arm(): Promise<void> {
    this.context ??= new AudioContext();
    // Some browsers suspend a context in a background tab or after sleep.
    this.context.onstatechange = () => this.update();
    await this.context.resume();
    this.beep(880, 0, 0.12);
    this.update();
  }

  async disarm(): Promise<void> {
    await this.context?.close();
    this.context = null;
    this.update();
  }

  /** Whether an alarm waits. Rings at once when armed, and keeps ringing until told otherwise. */
  ring(wanted: boolean): void {
    this.wanted = wanted;
    this.update();
  }

  private update(): void {
    const audible = this.context?.state === 'running';
    const next: SoundState = audible ? (this.wanted ? 'ringing' : 'armed') : 'off';
    if (next === 'ringing' && this.timer === undefined) {
      this.pattern();
      this.timer = setInterval(() => this.pattern(), repeatMs);
    } else if (next !== 'ringing') {
      clearInterval(this.timer);
      this.timer = undefined;
    }
    if (next !== this.state) {
      this.state = next;
      for (const watcher of this.watchers) watcher();
    }
  }

  private pattern(): void {
    for (const [i, pitch] of [988, 740, 988, 740].entries()) this.beep(pitch, i * 0.22, 0.18);
  }

  private beep(pitch: number, after: number, length: number): void {
    const context = this.context;
    if (!context) return;
    const start = context.currentTime + after;
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.type = 'square';
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.0001, start);
    volume.gain.exponentialRampToValueAtTime(0.25, start + 0.01);
    volume.gain.exponentialRampToValueAtTime(0.0001, start + length);
    tone.connect(volume).connect(context.destination);
    tone.start(start);
    tone.stop(start + length);
  }
}
