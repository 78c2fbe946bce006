import { describe, expect, test } from 'vitest';
import { canJoin, cutAt, withLayerToggled } from './cutEditing.ts';

const layers = [[32, 32, 3], [16, 16, 8], [8, 8, 16], [64]].map((outputShape, position) => ({
  position,
  name: `layer${String(position)}`,
  kind: 'conv2d',
  outputShape,
  numParameters: 0,
  inputs: position === 0 ? [] : [position - 1],
}));
const average = { positions: [2], pooling: 'global-average' } as const;

describe('editing a cut', () => {
  test('keeps the pooling where the layer gives a picture, and needs none where it gives a row', () => {
    expect(cutAt(layers, 1, { ...average, pooling: 'global-max' })).toEqual({
      positions: [1],
      pooling: 'global-max',
    });
    expect(cutAt(layers, 3, average)).toEqual({ positions: [3], pooling: 'none' });
    expect(cutAt(layers, 1, { positions: [3], pooling: 'none' }).pooling).toBe('global-average');
  });

  test('takes layers together in their order, and never none', () => {
    const two = withLayerToggled(average, 1);
    expect(two.positions).toEqual([1, 2]);
    expect(withLayerToggled(two, 2).positions).toEqual([1]);
    expect(withLayerToggled(average, 2)).toEqual(average);
  });

  test('does not put rows and pictures together', () => {
    expect(canJoin(layers, average, 1)).toBe(true);
    expect(canJoin(layers, average, 3)).toBe(false);
  });
});
