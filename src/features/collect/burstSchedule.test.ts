import { describe, expect, test } from 'vitest';
import { burstPhase, DEFAULT_BURST, isBurstValue } from './burstSchedule.ts';

describe('burstPhase', () => {
  test('takes the first picture at once and the others at the rate', () => {
    const held = { ...DEFAULT_BURST, framesPerSecond: 4 };
    expect(burstPhase(held, 0)).toEqual({ kind: 'recording', framesDue: 1 });
    expect(burstPhase(held, 249)).toEqual({ kind: 'recording', framesDue: 1 });
    expect(burstPhase(held, 250)).toEqual({ kind: 'recording', framesDue: 2 });
    expect(burstPhase(held, 60_000)).toEqual({ kind: 'recording', framesDue: 241 });
  });

  test('hands-free counts down, records a burst and ends', () => {
    const settings = {
      framesPerSecond: 2,
      isHandsFree: true,
      countdownSeconds: 3,
      burstLength: 4,
    };
    expect(burstPhase(settings, 0)).toEqual({ kind: 'countdown', secondsLeft: 3 });
    expect(burstPhase(settings, 2001)).toEqual({ kind: 'countdown', secondsLeft: 1 });
    expect(burstPhase(settings, 3000)).toEqual({ kind: 'recording', framesDue: 1 });
    expect(burstPhase(settings, 4500)).toEqual({ kind: 'recording', framesDue: 4 });
    expect(burstPhase(settings, 5000)).toEqual({ kind: 'finished', framesDue: 4 });
  });
});

test('settings outside of their limits are refused', () => {
  expect(isBurstValue('framesPerSecond', 0)).toBe(false);
  expect(isBurstValue('framesPerSecond', 2.5)).toBe(false);
  expect(isBurstValue('countdownSeconds', 0)).toBe(true);
  expect(isBurstValue('burstLength', 501)).toBe(false);
});
