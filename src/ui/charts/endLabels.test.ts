import { expect, test } from 'vitest';
import { spreadLabels } from './endLabels.ts';

test('labels that would overlap move apart by the same amount', () => {
  const spread = spreadLabels([{ y: 104 }, { y: 100 }], 14);
  expect(spread).toEqual([{ y: 95 }, { y: 109 }]);
});

test('labels with room between them stay', () => {
  expect(spreadLabels([{ y: 10 }, { y: 80 }], 14)).toEqual([{ y: 10 }, { y: 80 }]);
  expect(spreadLabels([{ y: 10 }], 14)).toEqual([{ y: 10 }]);
});
