import { describe, expect, test } from 'vitest';
import { createFormat } from './format.ts';

describe('createFormat', () => {
  const english = createFormat('en');
  const chinese = createFormat('zh-CN');

  test('writes numbers and shares as the language does', () => {
    expect(english.number(3670)).toBe('3,670');
    expect(english.percent(0.8749)).toBe('87%');
    expect(english.percent(0.8749, 1)).toBe('87.5%');
    expect(chinese.date(Date.UTC(2026, 0, 5, 12))).toBe('2026年1月5日');
  });

  test('keeps a power of ten on its line', () => {
    expect(english.scientific(1.25e-6)).toBe('1.3e\u22126');
    expect(chinese.scientific(0)).toBe('0.0e+0');
  });

  test('rounds durations to what is worth knowing, and never to nothing', () => {
    expect(english.duration(0.2)).toBe('1 sec');
    expect(english.duration(59)).toBe('59 sec');
    expect(english.duration(150)).toBe('3 min');
    expect(english.duration(5400)).toBe('1.5 hr');
    expect(chinese.duration(90)).toBe('2分钟');
  });

  test('gives sizes in the unit that reads well', () => {
    expect(english.bytes(1)).toBe('1 kB');
    expect(english.bytes(1_680_000)).toBe('1.7 MB');
  });
});
