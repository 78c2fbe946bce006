import {
  HEAD_CONFIG_LIMITS,
  SCALINGS,
  type HeadConfig,
  type HeadConfigField,
} from '../../domain/headConfig.ts';
import type { ExactChoice } from '../../domain/trainingRun.ts';
import { fieldsOf, nullOr, numberOf, oneOf, wholeOf, type Found } from './checks.ts';

/** Errors: archive-invalid. */
export function readHeadConfig(found: Found): HeadConfig {
  const field = fieldsOf(found);
  const solver = oneOf(field('solver'), ['exact', 'gradient']);
  const shared = {
    validationShare: readSetting(field('validationShare'), 'validationShare'),
    seed: readSetting(field('seed'), 'seed'),
  };
  if (solver === 'exact') {
    const scaling = oneOf(field('scaling'), [...SCALINGS, 'auto']);
    const l2 = nullOr(field('l2'), (each) => readSetting(each, 'exactL2'));
    return { solver, scaling, l2, ...shared };
  }
  return {
    solver,
    epochs: readSetting(field('epochs'), 'epochs'),
    batchSize: readSetting(field('batchSize'), 'batchSize'),
    learningRate: readSetting(field('learningRate'), 'learningRate'),
    l2: readSetting(field('l2'), 'l2'),
    ...shared,
  };
}

/** Errors: archive-invalid. */
export function readExactChoice(found: Found): ExactChoice {
  const field = fieldsOf(found);
  // A search goes as far as the sizes of the activations ask for, whatever may be typed.
  const l2 = numberOf(field('l2'), 0, Number.MAX_VALUE);
  return { scaling: oneOf(field('scaling'), SCALINGS), l2 };
}

function readSetting(found: Found, name: HeadConfigField): number {
  const { min, max, isInteger } = HEAD_CONFIG_LIMITS[name];
  return isInteger ? wholeOf(found, min, max) : numberOf(found, min, max);
}
