import { SCALINGS, type HeadConfig, type TrainingStart } from '../../domain/headConfig.ts';
import { BATCH_NORM_MODES } from '../../domain/tuningSettings.ts';
import type { ExactChoice } from '../../domain/trainingRun.ts';
import { fieldsOf, nullOr, numberOf, oneOf, textOf, type Found } from './checks.ts';
import { readPositions } from './readCut.ts';
import { orElse, readGradientSettings, readSetting } from './readGradientSettings.ts';

/** Errors: archive-invalid. */
export function readHeadConfig(found: Found): HeadConfig {
  const field = fieldsOf(found);
  const solver = oneOf(field('solver'), ['exact', 'gradient', 'deeper']);
  const shared = {
    validationShare: readSetting(field('validationShare'), 'validationShare'),
    seed: readSetting(field('seed'), 'seed'),
  };
  if (solver === 'exact') {
    const scaling = oneOf(field('scaling'), [...SCALINGS, 'auto']);
    const l2 = nullOr(field('l2'), (each) => readSetting(each, 'exactL2'));
    return { solver, scaling, l2, ...shared };
  }
  const steps = {
    epochs: readSetting(field('epochs'), 'epochs'),
    batchSize: readSetting(field('batchSize'), 'batchSize'),
    learningRate: readSetting(field('learningRate'), 'learningRate'),
  };
  const gradient = readGradientSettings(field);
  if (solver === 'deeper') {
    const { optimizer, schedule, labelSmoothing, classWeights, earlyStopping } = gradient;
    return {
      solver,
      start: nullOr(field('start'), readStart),
      batchNorm: oneOf(field('batchNorm'), BATCH_NORM_MODES),
      dropout: readSetting(field('dropout'), 'dropout'),
      ...steps,
      ...{ optimizer, schedule, labelSmoothing, classWeights, earlyStopping },
      ...shared,
    };
  }
  return {
    solver,
    ...steps,
    l2: readSetting(field('l2'), 'l2'),
    scaling: orElse(field('scaling'), 'standardised', (found) => oneOf(found, SCALINGS)),
    ...gradient,
    ...shared,
  };
}

function readStart(found: Found): TrainingStart {
  return { ...readPositions(found), layer: textOf(fieldsOf(found)('layer')) };
}

/** Errors: archive-invalid. */
export function readExactChoice(found: Found): ExactChoice {
  const field = fieldsOf(found);
  // A search goes as far as the sizes of the activations ask for, whatever may be typed.
  const l2 = numberOf(field('l2'), 0, Number.MAX_VALUE);
  return { scaling: oneOf(field('scaling'), SCALINGS), l2 };
}
