import { expect, it } from 'vitest';
import {
  DEFAULT_DEEPER_CONFIG,
  DEFAULT_EXACT_CONFIG,
  DEFAULT_GRADIENT_CONFIG,
  type HeadConfig,
} from './headConfig.ts';
import type { BaseId, Sha256 } from './ids.ts';
import { canGoOnFrom } from './runOrigin.ts';
import type { ClassifierSpec } from './trainingRun.ts';

const cut = { positions: [9], pooling: 'global-average' } as const;
const classifier: ClassifierSpec = {
  baseId: 'starter' as BaseId,
  graphHash: 'ab'.repeat(32) as Sha256,
  cut,
  preprocessing: {
    version: 1,
    inputHeight: 96,
    inputWidth: 96,
    framing: 'padded',
    channelOrder: 'rgb',
    scale: [1],
    offset: [0],
  },
  labels: [],
};
const startAt = (position: number) => ({
  ...DEFAULT_DEEPER_CONFIG,
  start: { positions: [position], pooling: 'flatten', layer: `layer ${position}` } as const,
});
const HIDDEN = { units: 8, activation: 'relu', hasBatchNorm: false, dropout: 0 } as const;
const DEEP = { ...DEFAULT_GRADIENT_CONFIG, hiddenLayers: [HIDDEN] };

function goesOn(before: HeadConfig, now: HeadConfig, changes: { readonly baseId?: string } = {}) {
  const run = { classifier, config: before };
  const baseId = (changes.baseId ?? 'starter') as BaseId;
  return canGoOnFrom(run, { baseId, cut, framing: 'padded', headConfig: now });
}

it.each([
  ['a deeper run from another of the same start', startAt(5), startAt(5), true],
  ['a deeper run whose start is left open', startAt(5), DEFAULT_DEEPER_CONFIG, true],
  ['a deeper run from one of another start', startAt(4), startAt(5), false],
  ['a deeper run from a head alone', DEFAULT_GRADIENT_CONFIG, startAt(5), false],
  ['a head alone from tuned layers', startAt(5), DEFAULT_GRADIENT_CONFIG, false],
  ['a head from an exact one', DEFAULT_EXACT_CONFIG, DEFAULT_GRADIENT_CONFIG, true],
  ['a head of other hidden layers', DEFAULT_GRADIENT_CONFIG, DEEP, false],
])('%s: %#', (_, before, now, expected) => {
  expect(goesOn(before, now)).toBe(expected);
  expect(goesOn(before, now, { baseId: 'other' })).toBe(false);
});
