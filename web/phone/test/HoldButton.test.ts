import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HoldButton } from '../src/HoldButton';

describe('HoldButton', () => {
  let acts: number;
  let now: number;
  let hold: HoldButton;
  const fire = (event: Event) => hold.element.dispatchEvent(event);
  const key = (type: string, k = ' ', repeat = false) => fire(new KeyboardEvent(type, { key: k, repeat, cancelable: true }));

  beforeEach(() => {
    vi.useFakeTimers();
    [acts, now] = [0, 0];
    hold = new HoldButton({ idle: 'hold', holding: 'keep', again: 'again' }, () => acts++, 1000, () => now);
    document.body.append(hold.element);
  });

  afterEach(() => {
    hold.element.remove();
    vi.useRealTimers();
  });

  it('acts after a second under the finger', () => {
    fire(new PointerEvent('pointerdown', { button: 0 }));
    expect(hold.element.textContent).toBe('keep');
    vi.advanceTimersByTime(999);
    expect(acts).toBe(0);
    vi.advanceTimersByTime(1);
    expect(acts).toBe(1);
  });

  it.each(['pointerup', 'pointercancel', 'pointerleave', 'blur'])('forgets a hold that ends early by %s', (end) => {
    fire(new PointerEvent('pointerdown', { button: 0 }));
    vi.advanceTimersByTime(900);
    fire(new Event(end));
    vi.advanceTimersByTime(5000);
    expect(acts).toBe(0);
    expect(hold.element.textContent).toBe('hold');
  });

  it.each([' ', 'Enter'])('acts when the key %j is held', (k) => {
    key('keydown', k);
    key('keydown', k, true);
    vi.advanceTimersByTime(1000);
    expect(acts).toBe(1);
  });

  it('forgets a key that is let go early', () => {
    key('keydown');
    vi.advanceTimersByTime(500);
    key('keyup');
    vi.advanceTimersByTime(5000);
    expect(acts).toBe(0);
  });

  it('does nothing on a tap', () => {
    fire(new MouseEvent('click', { detail: 1 }));
    fire(new MouseEvent('click', { detail: 1 }));
    expect(acts).toBe(0);
  });

  it('asks assistive technology, which cannot hold, to activate twice', () => {
    fire(new MouseEvent('click', { detail: 0 }));
    expect(acts).toBe(0);
    expect(hold.element.textContent).toBe('again');
    now = 4999;
    fire(new MouseEvent('click', { detail: 0 }));
    expect(acts).toBe(1);
  });

  it('does not join two activations that lie far apart', () => {
    fire(new MouseEvent('click', { detail: 0 }));
    now = 5001;
    fire(new MouseEvent('click', { detail: 0 }));
    expect(acts).toBe(0);
  });

  it('refuses a second hold while the first is being sent', () => {
    hold.busy('sending');
    fire(new PointerEvent('pointerdown', { button: 0 }));
    vi.advanceTimersByTime(5000);
    expect(acts).toBe(0);
    expect(hold.element.textContent).toBe('sending');
    hold.ready();
    expect(hold.element.disabled).toBe(false);
  });

  it('does not open the menu of a long press', () => {
    const menu = new MouseEvent('contextmenu', { cancelable: true });
    fire(menu);
    expect(menu.defaultPrevented).toBe(true);
  });
});
