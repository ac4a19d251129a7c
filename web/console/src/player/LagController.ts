export interface LagAdvice {
  /** Where to jump to, seconds on the media clock; absent when the position is good. */
  seekTo?: number;
  /** Playback rate until the next advice. */
  rate: number;
}

const minimumGap = 0.08;
const jumpGap = 0.6;

/**
 * Keeps a live picture close to its edge: a player left alone falls behind at every stall and never comes back.
 * Figures from measurements with a time code in the picture: target max(80 ms, 1.5 frames), jump over 0.6 s, else nudge
 * the rate. Times in seconds. Not safe for concurrent use; one per SourceBuffer.
 */
export class LagController {
  private frame = 1 / 15;

  /** @param varyRate false where a changed rate makes the picture stutter (Safari): then only jumps are used. */
  constructor(private readonly varyRate = true) {}

  /** Distance to the edge that it aims for, seconds. */
  get target(): number {
    return Math.max(minimumGap, 1.5 * this.frame);
  }

  /** Learns the frame interval from the growth of the buffer by one frame. */
  observe(growth: number): void {
    if (growth > 0.005 && growth < 1) this.frame += (growth - this.frame) * 0.1;
  }

  advise(position: number, start: number, end: number): LagAdvice {
    const target = this.target;
    const edge = Math.max(start, end - target);
    const gap = end - position;
    // A stream may start anywhere on its clock, and begins again at another place after an encoder restart.
    if (position < start || gap < -0.5) return { seekTo: edge, rate: 1 };
    if (gap > Math.max(jumpGap, 3 * target)) return { seekTo: edge, rate: 1 };
    if (!this.varyRate) return { rate: 1 };
    // A stall of less than a jump would otherwise be caught up in seconds rather than in a moment; there is no sound to suffer.
    if (gap > 3 * target) return { rate: 1.25 };
    if (gap > 2 * target) return { rate: 1.08 };
    if (gap < 0.5 * target) return { rate: 0.97 };
    return { rate: 1 };
  }
}
