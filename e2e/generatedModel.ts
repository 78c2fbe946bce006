import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  fixtureInput,
  fixtureLayer,
  fixtureModel,
  fixtureTensor,
  type FixtureLayer,
  type FixtureTensor,
} from '../src/network/kerasModelFixture.ts';

const CHANNELS = [8, 16, 24];
const CONVOLUTION = { kernel_size: [3, 3], strides: [2, 2], padding: 'same', activation: 'relu' };

/** A TF.js layers model of three convolutions for pictures of `side` pixels, with made-up weights. */
export function writeGeneratedModel(folder: string, side = 64): readonly string[] {
  const layers = [fixtureInput('input', side, side, 3), ...convolutionLayers()];
  return writeModel(folder, layers);
}

/** The same with a classifier for five classes of its own behind it. */
export function writeClassifier(folder: string): readonly string[] {
  const convolutions = convolutionLayers();
  const numChannels = CHANNELS.at(-1) ?? 0;
  const pooling = fixtureLayer('GlobalAveragePooling2D', 'average', {}, `conv${CHANNELS.length}`);
  const predictions = fixtureLayer(
    'Dense',
    'predictions',
    { units: 5, activation: 'softmax' },
    'average',
  );
  return writeModel(
    folder,
    [fixtureInput('input', 64, 64, 3), ...convolutions, pooling, predictions],
    [fixtureTensor('predictions/kernel', numChannels, 5), fixtureTensor('predictions/bias', 5)],
  );
}

/** The same with a layer in it that nobody can know. */
export function writeUnknownModel(folder: string): readonly string[] {
  const odd = fixtureLayer('Kaleidoscope', 'odd_layer', {}, 'input');
  return writeModel(folder, [fixtureInput('input', 64, 64, 3), odd]);
}

function convolutionLayers(): readonly FixtureLayer[] {
  return CHANNELS.map((filters, index) =>
    fixtureLayer(
      'Conv2D',
      `conv${index + 1}`,
      { ...CONVOLUTION, filters },
      index === 0 ? 'input' : `conv${index}`,
    ),
  );
}

function writeModel(
  folder: string,
  layers: readonly FixtureLayer[],
  more: readonly FixtureTensor[] = [],
): readonly string[] {
  const tensors = CHANNELS.flatMap((filters, index) => [
    fixtureTensor(`conv${index + 1}/kernel`, 3, 3, CHANNELS[index - 1] ?? 3, filters),
    fixtureTensor(`conv${index + 1}/bias`, filters),
  ]);
  const { modelJson, weights } = fixtureModel(layers, [...tensors, ...more]);
  const paths = ['model.json', 'weights.bin'].map((name) => join(folder, name));
  writeFileSync(paths[0] ?? '', modelJson);
  writeFileSync(paths[1] ?? '', new Uint8Array(weights));
  return paths;
}
