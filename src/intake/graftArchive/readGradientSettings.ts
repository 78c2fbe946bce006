import {
  CLASS_WEIGHTINGS,
  CLIPPINGS,
  DEFAULT_GRADIENT_SETTINGS,
  INITIALISERS,
  OPTIMIZERS,
  SCHEDULES,
  type ClassWeightsConfig,
  type ClippingConfig,
  type GradientSettings,
  type HiddenLayerConfig,
  type InitialisationConfig,
  type OptimizerConfig,
  type ScheduleConfig,
} from '../../domain/gradientSettings.ts';
import { HIDDEN_ACTIVATIONS } from '../../domain/hiddenActivation.ts';
import { HEAD_CONFIG_LIMITS, type HeadConfigField } from '../../domain/headConfig.ts';
import type { ClassLabelId } from '../../domain/ids.ts';
import {
  fieldsOf,
  flagOf,
  listOf,
  nullOr,
  numberOf,
  oneOf,
  wholeOf,
  type Found,
} from './checks.ts';

/** Errors: archive-invalid, like everything here. What an earlier version did not write has its default. */
export function readGradientSettings(field: (key: string) => Found): GradientSettings {
  const read = <Key extends keyof GradientSettings>(
    key: Key,
    readFound: (found: Found) => GradientSettings[Key],
  ) => orElse(field(key), DEFAULT_GRADIENT_SETTINGS[key], readFound);
  const { max } = HEAD_CONFIG_LIMITS.hiddenLayers;
  return {
    optimizer: read('optimizer', readOptimizer),
    schedule: read('schedule', readSchedule),
    hiddenLayers: read('hiddenLayers', (found) => listOf(found, max, readHiddenLayer)),
    initialisation: read('initialisation', readInitialisation),
    l1: read('l1', (found) => readSetting(found, 'l1')),
    clipping: read('clipping', readClipping),
    labelSmoothing: read('labelSmoothing', (found) => readSetting(found, 'labelSmoothing')),
    classWeights: read('classWeights', readClassWeights),
    earlyStopping: read('earlyStopping', (found) =>
      nullOr(found, (each) => ({ patience: settingsOf(each)('patience') })),
    ),
  };
}

/** What is not in an archive is as it was before there was a choice. */
export function orElse<Value>(found: Found, before: Value, read: (found: Found) => Value): Value {
  return found.value === undefined ? before : read(found);
}

export function readSetting(found: Found, name: HeadConfigField): number {
  const { min, max, isInteger } = HEAD_CONFIG_LIMITS[name];
  return isInteger ? wholeOf(found, min, max) : numberOf(found, min, max);
}

function settingsOf(found: Found): (name: HeadConfigField) => number {
  const field = fieldsOf(found);
  return (name) => readSetting(field(name), name);
}

function kindOf<Kind extends string>(found: Found, kinds: readonly Kind[]): Kind {
  return oneOf(fieldsOf(found)('kind'), kinds);
}

function readOptimizer(found: Found): OptimizerConfig {
  const kind = kindOf(found, OPTIMIZERS);
  const setting = settingsOf(found);
  switch (kind) {
    case 'momentum':
    case 'nesterov':
      return { kind, momentum: setting('momentum') };
    case 'adamw':
      return { kind, weightDecay: setting('weightDecay') };
    case 'adam':
    case 'sgd':
    case 'rmsprop':
    case 'adagrad':
      return { kind };
  }
}

function readSchedule(found: Found): ScheduleConfig {
  const kind = kindOf(found, SCHEDULES);
  const setting = settingsOf(found);
  const warmUpEpochs = setting('warmUpEpochs');
  return kind === 'step'
    ? { kind, warmUpEpochs, stepEpochs: setting('stepEpochs'), stepFactor: setting('stepFactor') }
    : { kind, warmUpEpochs };
}

function readHiddenLayer(found: Found): HiddenLayerConfig {
  const field = fieldsOf(found);
  const setting = settingsOf(found);
  return {
    units: setting('units'),
    activation: oneOf(field('activation'), HIDDEN_ACTIVATIONS),
    hasBatchNorm: flagOf(field('hasBatchNorm')),
    dropout: setting('dropout'),
  };
}

function readInitialisation(found: Found): InitialisationConfig {
  const kernel = fieldsOf(found)('kernel');
  const kind = kindOf(kernel, INITIALISERS);
  return {
    kernel:
      kind === 'constant' ? { kind, kernelValue: settingsOf(kernel)('kernelValue') } : { kind },
    biasValue: settingsOf(found)('biasValue'),
  };
}

function readClipping(found: Found): ClippingConfig {
  const kind = kindOf(found, CLIPPINGS);
  return kind === 'none' || kind === 'renormalise'
    ? { kind }
    : { kind, clipLimit: settingsOf(found)('clipLimit') };
}

function readClassWeights(found: Found): ClassWeightsConfig {
  const kind = kindOf(found, CLASS_WEIGHTINGS);
  if (kind !== 'own') return { kind };
  const byClass = fieldsOf(found)('byClass');
  const field = fieldsOf(byClass);
  const ids = Object.keys(byClass.value as object) as ClassLabelId[];
  return {
    kind,
    byClass: Object.fromEntries(ids.map((id) => [id, readSetting(field(id), 'classWeight')])),
  };
}
