import { describe, expect, it } from 'vitest';
import { ProgressPace } from './progressPace.ts';

describe('ProgressPace', () => {
  it('asks for a report at most every 200 ms', () => {
    const pace = new ProgressPace();
    const due = [0, 80, 199, 200, 300, 450].map((now, i) => pace.mark(i, now));
    expect(due).toEqual([true, false, false, true, false, true]);
  });

  it('knows the speed over the last seconds, not over all', () => {
    const pace = new ProgressPace();
    pace.mark(0, 0);
    expect(pace.perSecond).toBeNull();
    pace.mark(10, 1000);
    expect(pace.perSecond).toBe(10);
    for (let second = 2; second <= 10; second++) pace.mark(10 + (second - 1) * 100, second * 1000);
    expect(pace.perSecond).toBe(100);
  });
});
