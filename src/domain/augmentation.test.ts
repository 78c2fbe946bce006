import { describe, expect, it } from 'vitest';
import {
  DEFAULT_AUGMENTATION,
  drawView,
  isAugmentationValue,
  PLAIN_VIEW,
  viewKey,
  type Augmentation,
} from './augmentation.ts';
import type { Sha256 } from './ids.ts';

const everything: Augmentation = {
  numViews: 3,
  seed: 1,
  flips: 'both',
  crop: 0.4,
  rotationDegrees: 30,
  colour: 0.5,
  hueDegrees: 20,
  blur: 0.02,
  erasing: 0.3,
};
const off: Augmentation = {
  ...everything,
  flips: 'none',
  crop: 0,
  rotationDegrees: 0,
  colour: 0,
  hueDegrees: 0,
  blur: 0,
  erasing: 0,
};
const hashOf = (index: number) => index.toString(16).padStart(64, '0') as Sha256;
const manyViews = Array.from({ length: 400 }, (_, i) => drawView(everything, hashOf(i), i % 3));

describe('drawView', () => {
  it('is the same for the same settings, seed, photo and index, and else another', () => {
    const view = drawView(everything, hashOf(1), 0);
    expect(drawView({ ...everything, numViews: 9 }, hashOf(1), 0)).toEqual(view);
    expect(drawView(everything, hashOf(1), 1)).not.toEqual(view);
    expect(drawView(everything, hashOf(2), 0)).not.toEqual(view);
    expect(drawView({ ...everything, seed: 2 }, hashOf(1), 0)).not.toEqual(view);
  });

  it('does nothing where everything is off', () => {
    expect(drawView(off, hashOf(1), 0)).toEqual(PLAIN_VIEW);
  });

  it('leaves the other operations as they were when one is switched off', () => {
    const view = drawView(everything, hashOf(1), 0);
    const without = drawView({ ...everything, rotationDegrees: 0, erasing: 0 }, hashOf(1), 0);
    expect(without).toEqual({ ...view, rotationDegrees: 0, erased: null });
  });

  it('flips half of the views', () => {
    const across = manyViews.filter(({ isFlippedAcross }) => isFlippedAcross).length;
    const down = manyViews.filter(({ isFlippedDown }) => isFlippedDown).length;
    for (const count of [across, down]) expect(Math.abs(count - 200)).toBeLessThan(50);
  });

  it('stays within the strengths and uses all of them', () => {
    const extremes = (values: readonly number[]) => [Math.min(...values), Math.max(...values)];
    const expectSpan = (values: readonly number[], low: number, high: number) => {
      const [min = NaN, max = NaN] = extremes(values);
      expect(min).toBeGreaterThanOrEqual(low);
      expect(max).toBeLessThanOrEqual(high);
      expect(max - min).toBeGreaterThan(0.95 * (high - low));
    };
    expectSpan(
      manyViews.map(({ crop }) => crop.width),
      0.6,
      1,
    );
    expectSpan(
      manyViews.map(({ rotationDegrees }) => rotationDegrees),
      -30,
      30,
    );
    for (const key of ['brightness', 'contrast', 'saturation'] as const) {
      expectSpan(
        manyViews.map((view) => view[key]),
        0.5,
        1.5,
      );
    }
    expectSpan(
      manyViews.map(({ hueDegrees }) => hueDegrees),
      -20,
      20,
    );
    expectSpan(
      manyViews.map(({ blur }) => blur),
      0,
      0.02,
    );
    const areas = manyViews.map(({ erased }) => (erased ? erased.width * erased.height : NaN));
    expectSpan(areas, 0, 0.3);
    for (const { crop, erased } of manyViews) {
      for (const box of [crop, erased ?? crop]) {
        expect(Math.max(box.left + box.width, box.top + box.height)).toBeLessThanOrEqual(1 + 1e-9);
      }
    }
  });
});

it('viewKey differs with whatever changes pixels, and with nothing else', () => {
  const key = viewKey(everything, 0);
  expect(viewKey({ ...everything, numViews: 1 }, 0)).toBe(key);
  expect(viewKey(everything, 1)).not.toBe(key);
  for (const field of Object.keys(off) as (keyof Augmentation)[]) {
    if (field === 'numViews' || field === 'seed') continue;
    expect(viewKey({ ...everything, [field]: off[field] }, 0)).not.toBe(key);
  }
  expect(viewKey({ ...everything, seed: 2 }, 0)).not.toBe(key);
});

it('isAugmentationValue knows the limits', () => {
  expect(isAugmentationValue('numViews', 10)).toBe(true);
  expect(isAugmentationValue('numViews', 11)).toBe(false);
  expect(isAugmentationValue('numViews', 1.5)).toBe(false);
  expect(isAugmentationValue('crop', 0.81)).toBe(false);
  expect(DEFAULT_AUGMENTATION.numViews).toBe(0);
});
