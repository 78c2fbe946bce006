// @vitest-environment jsdom
import { beforeEach, expect, test } from 'vitest';
import { DEFAULT_BURST } from './burstSchedule.ts';
import { loadBurstSettings, storeBurstSettings } from './storedBurstSettings.ts';

beforeEach(() => {
  localStorage.clear();
});

test('settings are remembered', () => {
  expect(loadBurstSettings()).toEqual(DEFAULT_BURST);
  const settings = { ...DEFAULT_BURST, isHandsFree: true, burstLength: 12 };
  storeBurstSettings(settings);
  expect(loadBurstSettings()).toEqual(settings);
});

test('what is stored is checked', () => {
  localStorage.setItem('graft.burst', '{"framesPerSecond":9000,"burstLength":"x","isHandsFree":1}');
  expect(loadBurstSettings()).toEqual(DEFAULT_BURST);
  for (const nonsense of ['{', 'null', '3']) {
    localStorage.setItem('graft.burst', nonsense);
    expect(loadBurstSettings()).toEqual(DEFAULT_BURST);
  }
});
