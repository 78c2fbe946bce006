import { expect, it } from 'vitest';
import { MOBILENET_V2_SMALL } from '../base/subjects.ts';
import { headTable, splitSentence } from './headTable.ts';

const fit = (heldOutAccuracy: number, durationMs: number) => ({
  heldOutAccuracy,
  durationMs,
  numTrained: 60,
  numHeldOut: 40,
  epochs: [],
  chosen: null,
});

const outcomes = ['exact', 'other'].map((head) => ({
  base: MOBILENET_V2_SMALL,
  head,
  fits: [fit(0.9, 1000), fit(0.8, 3000), fit(0.85, 1200)],
}));

it('has a row for each head, over the seeds, with what others get where that is known', () => {
  const references = [{ base: MOBILENET_V2_SMALL.id, head: 'exact', figure: '84 %' }];
  expect(headTable(outcomes, references)).toEqual({
    header: ['base', 'head', 'held-out accuracy', 'training', 'elsewhere'],
    rows: [
      ['MobileNetV2 0.35', 'exact', '85.0 ± 5.0 %', '1.2 s', '84 %'],
      ['MobileNetV2 0.35', 'other', '85.0 ± 5.0 %', '1.2 s', ''],
    ],
  });
});

it('has no column for others where nobody else is known', () => {
  expect(headTable(outcomes, []).header).toHaveLength(4);
  expect(splitSentence(outcomes)).toContain('60 photos to train on, 40 held out');
});
