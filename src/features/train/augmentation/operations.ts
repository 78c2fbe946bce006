import {
  DEFAULT_AUGMENTATION,
  PLAIN_VIEW,
  type Augmentation,
  type AugmentationField,
  type View,
} from '../../../domain/augmentation.ts';

export type OperationField = Exclude<AugmentationField, 'numViews' | 'seed'>;

/** The operations with a strength, in the order in which they are applied. */
export const OPERATION_FIELDS: readonly OperationField[] = [
  'crop',
  'rotationDegrees',
  'colour',
  'hueDegrees',
  'blur',
  'erasing',
];

/** What flips alone do. */
export function flippedViews({ flips }: Augmentation): readonly View[] {
  const across = { ...PLAIN_VIEW, isFlippedAcross: true };
  if (flips === 'none') return [];
  return flips === 'across' ? [across] : [across, { ...PLAIN_VIEW, isFlippedDown: true }];
}

/** The furthest that one operation alone goes; none where it is off. */
export function extremeViews(field: OperationField, settings: Augmentation): readonly View[] {
  const strength = settings[field];
  if (strength === 0) return [];
  return EXTREMES[field](strength).map((change) => ({ ...PLAIN_VIEW, ...change }));
}

const EXTREMES: Record<OperationField, (strength: number) => Partial<View>[]> = {
  crop: (cutAway) => {
    const side = 1 - cutAway;
    const corner = (at: number) => ({ crop: { left: at, top: at, width: side, height: side } });
    return [corner(0), corner(cutAway)];
  },
  rotationDegrees: (degrees) => [{ rotationDegrees: -degrees }, { rotationDegrees: degrees }],
  colour: (strength) =>
    [1 - strength, 1 + strength].map((factor) => ({
      brightness: factor,
      contrast: factor,
      saturation: factor,
    })),
  hueDegrees: (degrees) => [{ hueDegrees: -degrees }, { hueDegrees: degrees }],
  blur: (blur) => [{ blur }],
  erasing: (area) => {
    const side = Math.sqrt(area);
    const box = { left: (1 - side) / 2, top: (1 - side) / 2, width: side, height: side };
    return [{ erased: box }];
  },
};

/** Whether views would be anything but the photo again and again. */
export function hasOperation(settings: Augmentation): boolean {
  return settings.flips !== 'none' || OPERATION_FIELDS.some((field) => settings[field] > 0);
}

/** Operations and strengths as they were at first, with the views and the seed kept. */
export function withDefaultOperations({ numViews, seed }: Augmentation): Augmentation {
  return { ...DEFAULT_AUGMENTATION, numViews, seed };
}
