// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { createBars } from './bars.ts';
import { createSmoother } from './smoother.ts';

describe('createBars', () => {
  it('shows each class with its probability and lets the likeliest stand out', () => {
    const bars = createBars(['cat', 'dog']);
    bars.show([0.25, 0.75]);
    const rows = [...bars.node.querySelectorAll('li')];
    expect(rows.map((row) => row.textContent)).toEqual(['cat25.0%', 'dog75.0%']);
    expect(rows.map((row) => row.classList.contains('likeliest'))).toEqual([false, true]);
    bars.show([0.6, 0.4]);
    expect(rows.map((row) => row.classList.contains('likeliest'))).toEqual([true, false]);
  });

  it('takes names for text, whatever is in them', () => {
    const { node } = createBars(['<img src=x onerror=alert(1)>']);
    expect(node.querySelector('img')).toBeNull();
    expect(node.textContent).toContain('<img src=x');
  });
});

describe('createSmoother', () => {
  it('starts with the first row, then moves towards new ones and gets there', () => {
    const smooth = createSmoother();
    expect(smooth(new Float32Array([1, 0]))).toEqual([1, 0]);
    const second = smooth(new Float32Array([0, 1]));
    expect(second[0]).toBeGreaterThan(0);
    expect(second[0]).toBeLessThan(1);
    expect((second[0] ?? 0) + (second[1] ?? 0)).toBeCloseTo(1);
    let last = second;
    for (let frame = 0; frame < 30; frame++) last = smooth(new Float32Array([0, 1]));
    expect(last[1]).toBeCloseTo(1, 4);
  });
});
