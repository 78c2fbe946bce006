import {
  AUGMENTATION_LIMITS,
  FLIPS,
  type Augmentation,
  type AugmentationField,
} from '../../domain/augmentation.ts';
import { numberOf, oneOf, onlyFieldsOf, wholeOf, type Found } from './checks.ts';

/** Nothing where there is nothing: before there were views, and where they were never set. Errors: archive-invalid. */
export function readAugmentation(found: Found): { readonly augmentation?: Augmentation } {
  if (found.value === undefined) return {};
  const field = onlyFieldsOf(found, [...Object.keys(AUGMENTATION_LIMITS), 'flips']);
  const read = (name: AugmentationField) => {
    const { min, max, isInteger } = AUGMENTATION_LIMITS[name];
    return isInteger ? wholeOf(field(name), min, max) : numberOf(field(name), min, max);
  };
  const augmentation = {
    numViews: read('numViews'),
    seed: read('seed'),
    flips: oneOf(field('flips'), FLIPS),
    crop: read('crop'),
    rotationDegrees: read('rotationDegrees'),
    colour: read('colour'),
    hueDegrees: read('hueDegrees'),
    blur: read('blur'),
    erasing: read('erasing'),
  };
  return { augmentation };
}
