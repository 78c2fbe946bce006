import * as tf from '@tensorflow/tfjs';
import { TeachableMobileNet } from '@teachablemachine/image';
import { beforeAll, describe, expect, it } from 'vitest';
import { PRESET_CONFIGS } from '../../domain/gradientPresets.ts';
import { DEFAULT_GRADIENT_SETTINGS } from '../../domain/gradientSettings.ts';
import type { ClassLabelId, Sha256 } from '../../domain/ids.ts';
import { assignSplit } from '../../domain/split.ts';

const NUM_CLASSES = 3;
const PHOTOS_PER_CLASS = 20;
const ACTIVATION_SIZE = 8;

/** What the library hides from TypeScript. */
interface Trained {
  readonly examples: Float32Array[][];
  readonly trainingModel: tf.Sequential & { readonly optimizer: object };
  readonly trainDataset: tf.data.Dataset<tf.TensorContainer>;
  readonly validationDataset: tf.data.Dataset<tf.TensorContainer>;
}

it('has defaults that do nothing beyond plain descent', () => {
  const { l1, clipping, labelSmoothing, classWeights, earlyStopping } = DEFAULT_GRADIENT_SETTINGS;
  expect([l1, clipping.kind, labelSmoothing, classWeights.kind, earlyStopping]).toEqual([
    0,
    'none',
    0,
    'none',
    null,
  ]);
});

describe('the preset like Teachable Machine', () => {
  const preset = PRESET_CONFIGS['teachable-machine'];
  let library: Trained;

  beforeAll(async () => {
    await tf.setBackend('cpu');
    // In the base's place: its outputs are the examples.
    const base = tf.sequential();
    base.add(tf.layers.activation({ activation: 'linear', inputShape: [ACTIVATION_SIZE] }));
    const machine = new TeachableMobileNet(base, {});
    machine.setLabels(['a', 'b', 'c']);
    library = machine as unknown as Trained;
    for (let i = 0; i < NUM_CLASSES * PHOTOS_PER_CLASS; i++) {
      const values = Float32Array.from({ length: ACTIVATION_SIZE }, (_, j) => Math.sin(i * 9 + j));
      library.examples[i % NUM_CLASSES]?.push(values);
    }
    const { batchSize, learningRate } = preset;
    await machine.train({ denseUnits: 100, epochs: 1, batchSize, learningRate });
  });

  it('has the layers of the library', () => {
    const layers = library.trainingModel.layers.map((layer) => layer.getConfig());
    expect(layers.map(({ units, activation, useBias }) => [units, activation, useBias])).toEqual([
      [100, 'relu', true],
      [NUM_CLASSES, 'softmax', false],
    ]);
    const hidden = { units: 100, activation: 'relu', hasBatchNorm: false, dropout: 0 };
    expect(preset.hiddenLayers).toEqual([hidden]);
  });

  it('begins as the library does: normal, of variance 1 by the number of inputs', () => {
    for (const layer of library.trainingModel.layers) {
      expect(layer.getConfig()['kernelInitializer']).toMatchObject({
        className: 'VarianceScaling',
        config: { scale: 1, mode: 'fanIn', distribution: 'normal' },
      });
    }
    expect(preset.initialisation).toEqual({ kernel: { kind: 'lecun-normal' }, biasValue: 0 });
  });

  it('has the library’s optimiser, and none of what it has not', () => {
    const { optimizer } = library.trainingModel;
    expect(optimizer).toBeInstanceOf(tf.AdamOptimizer);
    expect(optimizer).toMatchObject({ beta1: 0.9, beta2: 0.999, learningRate: 0.001 });
    const { hiddenLayers, initialisation } = preset;
    expect(preset).toEqual({
      ...DEFAULT_GRADIENT_SETTINGS,
      solver: 'gradient',
      optimizer: { kind: 'adam' },
      learningRate: 0.001,
      batchSize: 16,
      epochs: 50,
      validationShare: 0.15,
      hiddenLayers,
      initialisation,
      scaling: 'none',
      l2: 0,
    });
  });

  it('holds out as many photos of each class as the library', async () => {
    const samples = Array.from({ length: NUM_CLASSES * PHOTOS_PER_CLASS }, (_, i) => ({
      classLabelId: String(i % NUM_CLASSES) as ClassLabelId,
      imageHash: i.toString(16).padStart(64, '0') as Sha256,
      split: 'auto' as const,
    }));
    const parts = assignSplit(samples, { ...preset, seed: 1 });
    const numOf = (part: string) => parts.filter((each) => each === part).length;
    expect((await library.trainDataset.toArray()).length).toBe(numOf('train'));
    expect((await library.validationDataset.toArray()).length).toBe(numOf('validation'));
  });
});

it('the preset like DL4J’s flowers is a softmax layer alone under Adam at 3e-5', () => {
  expect(PRESET_CONFIGS['dl4j-flowers']).toEqual({
    ...DEFAULT_GRADIENT_SETTINGS,
    solver: 'gradient',
    optimizer: { kind: 'adam' },
    learningRate: 3e-5,
    batchSize: 8,
    epochs: 50,
    validationShare: 0.4,
    hiddenLayers: [],
    initialisation: { kernel: { kind: 'glorot-normal' }, biasValue: 0 },
    scaling: 'none',
    l2: 0,
  });
});
