import { describe, expect, it } from 'vitest';
import { FragmentQueue } from '../../src/player/FragmentQueue';

/** A SourceBuffer as far as the queue can see it: every fragment adds a fifteenth of a second. */
class Buffer extends EventTarget {
  mode = '';
  updating = false;
  start = 0;
  end = 0;
  appended: number[] = [];
  refuses: string | null = null;

  get buffered() {
    return { length: this.end > this.start ? 1 : 0, start: () => this.start, end: () => this.end };
  }

  appendBuffer(data: ArrayBuffer) {
    if (this.refuses) throw new DOMException('', this.refuses);
    if (this.updating) throw new Error('appended while updating');
    this.updating = true;
    this.appended.push(data.byteLength);
  }

  remove(from: number, to: number) {
    this.updating = true;
    expect(from).toBe(this.start);
    this.start = to;
  }

  finish(growth = 0) {
    this.end += growth;
    this.updating = false;
    this.dispatchEvent(new Event('updateend'));
  }
}

function queue(buffer: Buffer, position = () => 0) {
  const grown: number[] = [];
  const failures: string[] = [];
  const made = new FragmentQueue(buffer as unknown as SourceBuffer, position, (g) => grown.push(g), (why) => failures.push(why));
  return { queue: made, grown, failures };
}

describe('FragmentQueue', () => {
  it('appends one fragment at a time and in order', () => {
    const buffer = new Buffer();
    const { queue: q, grown } = queue(buffer);
    for (const size of [1, 2, 3]) q.push(new ArrayBuffer(size));
    expect(buffer.appended).toEqual([1]);
    buffer.finish(0.5);
    expect(buffer.appended).toEqual([1, 2]);
    buffer.finish(0.25);
    expect(buffer.appended).toEqual([1, 2, 3]);
    expect(grown).toEqual([0.5, 0.25]);
    expect(buffer.mode).toBe('segments');
  });

  it('removes what lies more than ten seconds behind before it appends', () => {
    const buffer = new Buffer();
    buffer.end = 30;
    const { queue: q } = queue(buffer, () => 29);
    q.push(new ArrayBuffer(1));
    expect(buffer.start).toBe(19);
    expect(buffer.appended).toEqual([]);
    buffer.finish();
    expect(buffer.appended).toEqual([1]);
  });

  it('says which append was refused', () => {
    const buffer = new Buffer();
    const { queue: q, failures } = queue(buffer);
    buffer.refuses = 'QuotaExceededError';
    q.push(new ArrayBuffer(1));
    expect(failures).toEqual(['QuotaExceededError']);
  });

  it('gives up a buffer that never finishes rather than filling memory', () => {
    const { queue: q, failures } = queue(new Buffer());
    for (let i = 0; i < 514; i++) q.push(new ArrayBuffer(1));
    expect(failures).toEqual(['overflow']);
  });

  it('has no range before the first frame', () => expect(queue(new Buffer()).queue.range).toBeNull());
});
