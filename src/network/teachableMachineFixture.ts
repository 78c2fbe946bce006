import { bytesInMemory, type ByteSource } from './byteSource.ts';
import { fixtureFiles, fixtureInput, fixtureLayer, fixtureTensor } from './kerasModelFixture.ts';

/** Teachable Machine exports for tests: a small base in the nest of Sequentials that it writes. */

export interface ExportOptions {
  readonly channels?: number;
  readonly pooling?: 'GlobalAveragePooling2D' | 'Flatten';
  readonly metadata?: object;
}

const NUM_FEATURES = 4;

const conv = { filters: NUM_FEATURES, kernel_size: [3, 3], strides: [2, 2], padding: 'same' };

/** Base of the export: what is left when the head is taken off. */
export function exportedBase(channels = 3) {
  const layers = [
    fixtureInput('in', 8, 8, channels),
    fixtureLayer('Conv2D', 'conv', conv, 'in'),
    fixtureLayer('ReLU', 'out_relu', { max_value: 6 }, 'conv'),
  ];
  const config = {
    name: 'model1',
    layers,
    input_layers: [['in', 0, 0]],
    output_layers: [['out_relu', 0, 0]],
  };
  const tensors = [
    fixtureTensor('conv/kernel', 3, 3, channels, NUM_FEATURES),
    fixtureTensor('conv/bias', NUM_FEATURES),
  ];
  return { topology: { class_name: 'Model', config }, tensors };
}

/** `model.json`, `weights.bin` and `metadata.json` for two classes. */
export function teachableMachineExport(options: ExportOptions = {}): ByteSource[] {
  const { channels = 3, pooling = 'GlobalAveragePooling2D', metadata = {} } = options;
  const base = exportedBase(channels);
  const size = pooling === 'Flatten' ? 4 * 4 * NUM_FEATURES : NUM_FEATURES;
  const features = {
    class_name: 'Sequential',
    config: [base.topology, fixtureLayer(pooling, 'pool')],
  };
  const head = {
    class_name: 'Sequential',
    config: [
      fixtureLayer('Dense', 'dense_1', { units: 6, activation: 'relu' }),
      fixtureLayer('Dense', 'dense_2', { units: 2, activation: 'softmax', use_bias: false }),
    ],
  };
  const { modelJson, weights } = fixtureFiles(
    { class_name: 'Sequential', config: [features, head] },
    [
      ...base.tensors,
      fixtureTensor('dense_1/kernel', size, 6),
      fixtureTensor('dense_1/bias', 6),
      fixtureTensor('dense_2/kernel', 6, 2),
    ],
  );
  const labels = ['Mug', 'Bowl'];
  return [
    textSource('metadata.json', JSON.stringify({ labels, imageSize: 8, ...metadata })),
    textSource('model.json', modelJson),
    bytesInMemory('weights.bin', new Uint8Array(weights)),
  ];
}

export function textSource(name: string, content: string): ByteSource {
  return bytesInMemory(name, new TextEncoder().encode(content));
}
