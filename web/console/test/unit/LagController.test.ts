import { describe, expect, it } from 'vitest';
import { LagController } from '../../src/player/LagController';

const at15fps = () => {
  const lag = new LagController();
  for (let i = 0; i < 100; i++) lag.observe(1 / 15);
  return lag;
};

describe('LagController', () => {
  it('aims for one and a half frames', () => expect(at15fps().target).toBeCloseTo(0.1, 3));

  it('never aims closer than 80 ms, however fast the camera', () => {
    const lag = new LagController();
    for (let i = 0; i < 200; i++) lag.observe(1 / 60);
    expect(lag.target).toBe(0.08);
  });

  it('takes no interval from a whole group of pictures that arrives at once', () => {
    const lag = at15fps();
    lag.observe(12);
    expect(lag.target).toBeCloseTo(0.1, 3);
  });

  it('goes to the edge of a stream that starts anywhere on its clock', () =>
    expect(at15fps().advise(0, 5000, 5001)).toEqual({ seekTo: expect.closeTo(5000.9, 3), rate: 1 }));

  it('jumps when it is more than 0.6 s behind', () =>
    expect(at15fps().advise(10, 5, 10.61)).toEqual({ seekTo: expect.closeTo(10.51, 3), rate: 1 }));

  it('plays faster when it is more than two targets behind', () => expect(at15fps().advise(10, 5, 10.25)).toEqual({ rate: 1.08 }));

  it('catches up faster still when it is more than three targets behind', () => expect(at15fps().advise(10, 5, 10.45)).toEqual({ rate: 1.25 }));

  it('plays slower when it is about to run dry', () => expect(at15fps().advise(10, 5, 10.04)).toEqual({ rate: 0.97 }));

  it('leaves a good distance alone', () => expect(at15fps().advise(10, 5, 10.12)).toEqual({ rate: 1 }));

  it('comes back when the clock of the stream began anew', () =>
    expect(at15fps().advise(500, 0, 1)).toEqual({ seekTo: expect.closeTo(0.9, 3), rate: 1 }));

  it('allows a slow camera three targets before it jumps', () => {
    const lag = new LagController();
    for (let i = 0; i < 200; i++) lag.observe(0.2);
    expect(lag.advise(10, 5, 10.7).seekTo).toBeUndefined();
  });

  it('only jumps where a changed rate stutters', () => {
    const lag = new LagController(false);
    expect(lag.advise(10, 5, 10.5)).toEqual({ rate: 1 });
    expect(lag.advise(10, 5, 11).seekTo).toBeCloseTo(10.9, 3);
  });
});
