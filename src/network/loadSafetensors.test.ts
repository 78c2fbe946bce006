import { describe, expect, it } from 'vitest';
import expected from '../../tools/torch-fixtures/expected.json';
import { GraftError } from '../domain/errors.ts';
import { vgg } from './architectures/vgg.ts';
import { bytesInMemory, type ByteSource } from './byteSource.ts';
import { inferShapes } from './inferShapes.ts';
import { loadSafetensors } from './loadSafetensors.ts';
import type { Network } from './network.ts';
import { headerEnd, isSafetensors, parseHeader, readHeader } from './safetensors/header.ts';
import { planPartialFile } from './safetensors/partialFile.ts';
import { tensorAt } from './safetensors/tensorValues.ts';
import { flattenedChannels } from './safetensors/torchKernels.ts';
import {
  formulaWeights,
  parsePlace,
  safetensorsFile,
  torchFixture,
} from './safetensors/torchFixture.ts';

const mobileNet = expected.mobileNetV2.torchvision.tensors.map(parsePlace);
const vgg16 = expected.vgg.vgg16.tensors.map(parsePlace);

function numParameters({ layers }: Network): number {
  return layers
    .flatMap(({ tensors }) => Object.values(tensors))
    .map(({ shape }) => shape.reduce((product, size) => product * size, 1))
    .reduce((sum, size) => sum + size, 0);
}

function errorOf(load: () => unknown): GraftError {
  try {
    load();
  } catch (thrown) {
    if (thrown instanceof GraftError) return thrown;
    throw thrown;
  }
  throw new Error('Nothing was thrown');
}

/** The file, failing when anything behind its header is read. */
function headerOnly(source: ByteSource): ByteSource {
  const end = headerEnd(source.name, source.read(0, 8), source.size);
  const read: ByteSource['read'] = (from, to) => {
    if (to > end) throw new Error('A tensor was read');
    return source.read(from, to);
  };
  return { ...source, read };
}

describe('loadSafetensors', () => {
  it.each([
    ['vgg16', 'VGG16', 138_357_544],
    ['vgg16_bn', 'VGG16', 138_374_440],
    ['vgg19', 'VGG19', 143_667_240],
    ['timm vgg16', 'VGG16', 138_357_544],
  ] as const)('knows %s by its header alone', (name, architecture, size) => {
    const source = headerOnly(torchFixture(expected.vgg[name].tensors.map(parsePlace)));
    expect(isSafetensors(source)).toBe(true);
    const opened = loadSafetensors(source);
    expect(opened).toMatchObject({ format: 'safetensors', architecture, classNames: null });
    expect(opened.pixelRange?.scale[0]).toBeCloseTo(1 / (255 * 0.229), 12);
    expect(opened.pixelRange?.offset[0]).toBeCloseTo(-0.485 / 0.229, 12);
    expect(inferShapes(opened.network).at(-1)).toEqual([1000]);
    expect(numParameters(opened.network)).toBe(size);
  });

  it('orders the inputs of the layer behind the flattened picture by 512 channels', () => {
    const options = { origin: 'torch', depth: 16, numClasses: 1000, hasBatchNorm: false } as const;
    const { layers } = vgg(options);
    const channels = layers
      .filter(({ settings }) => settings.kind === 'dense')
      .map((layer) => [layer.name, flattenedChannels(layers, layer)]);
    expect(channels).toEqual([
      ['fc1', 512],
      ['fc2', null],
      ['predictions', null],
    ]);
  });

  it('opens a network without its classifier', () => {
    const features = mobileNet.filter(({ name }) => name.startsWith('features'));
    const { network, architecture } = loadSafetensors(torchFixture(features));
    expect(architecture).toBe('MobileNetV2 0.35');
    expect(network.layers.at(-1)?.name).toBe('out_relu');
  });

  it.each([
    ['F16', [0x00, 0x3c, 0x00, 0xc0], [1, -2]],
    ['BF16', [0x80, 0x3f, 0x00, 0xc0], [1, -2]],
    ['F32', [0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0], [1, -2]],
    ['F64', [0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0, 0, 0, 0, 0, 0, 0, 0xc0], [1, -2]],
  ])('reads %s wherever it lies', (dtype, bytes, values) => {
    const header = { a: { dtype, shape: [2], data_offsets: [1, bytes.length + 1] } };
    const source = safetensorsFile(header, Uint8Array.from([9, ...bytes]));
    const place = readHeader(source).tensors.get('a');
    if (place === undefined) throw new Error('The tensor is missing');
    expect([...tensorAt(source, place).values]).toEqual(values);
  });
});

describe('a part of a safetensors file', () => {
  const source = torchFixture(mobileNet);
  const header = readHeader(source);

  function made(of: ByteSource, cutLayers: readonly string[]): ByteSource {
    const { header: start, ranges, sizeBytes } = planPartialFile(readHeader(of), cutLayers);
    const bytes = new Uint8Array(sizeBytes);
    bytes.set(start);
    let offset = start.length;
    for (const range of ranges) {
      // Tensors are made one at a time by the fixture.
      for (const place of header.tensors.values()) {
        if (place.start < range.start || place.end > range.end) continue;
        bytes.set(of.read(place.start, place.end), offset);
        offset += place.end - place.start;
      }
    }
    expect(offset).toBe(sizeBytes);
    return bytesInMemory('part.safetensors', bytes);
  }

  it('opens as the network without its classifier', () => {
    const { network } = loadSafetensors(made(source, ['out_relu', 'block_6_expand_relu']));
    expect(network.layers.at(-1)?.name).toBe('out_relu');
    const kernel = network.layers.find(({ name }) => name === 'Conv1')?.tensors.kernel;
    const whole = loadSafetensors(source).network.layers.find(({ name }) => name === 'Conv1');
    expect(kernel?.values).toEqual(whole?.tensors.kernel?.values);
    expect(kernel?.values[0]).toBe(
      formulaWeights(parsePlace('features.0.0.weight 16x3x3x3 F32'))[0],
    );
  });

  it('leaves the fully connected layers of VGG16 out, unless the cut is there', () => {
    const header16 = readHeader(torchFixture(vgg16));
    const headless = planPartialFile(header16, ['block5_pool']);
    expect(headless.sizeBytes - headless.header.length).toBe(14_714_688 * 4);
    expect(headless.ranges).toHaveLength(1);
    const whole = planPartialFile(header16, ['block5_pool', 'fc2']);
    expect(whole.sizeBytes - whole.header.length).toBe(138_357_544 * 4);
  });
});

describe('loadSafetensors refuses', () => {
  const tensor = { dtype: 'F32', shape: [2], data_offsets: [0, 8] };

  it.each([
    [
      'a tensor of 40 GB',
      { a: { ...tensor, shape: [100_000, 100_000] } },
      'a says it has 100000 × 100000 values of F32, but takes 8 bytes',
    ],
    [
      'a tensor behind the end',
      { a: { ...tensor, shape: [4], data_offsets: [0, 16] } },
      'a ends behind the end of model.safetensors',
    ],
    [
      'a tensor that ends before it begins',
      { a: { ...tensor, data_offsets: [8, 0] } },
      'a ends before it begins',
    ],
    [
      'tensors that lie over each other',
      { a: tensor, b: { ...tensor, shape: [1], data_offsets: [4, 8] } },
      'b lies over another one',
    ],
    [
      'an offset that is no whole number',
      { a: { ...tensor, data_offsets: [0.5, 8] } },
      'a has an offset',
    ],
    ['a shape that is none', { a: { ...tensor, shape: [-2] } }, 'shape of a'],
    [
      'tensors of no network that is known',
      { a: tensor },
      'model.safetensors holds no network that is known by its tensors: a',
    ],
  ])('%s', (_, header, message) => {
    const error = errorOf(() => loadSafetensors(safetensorsFile(header, new Uint8Array(8))));
    expect(error.code).toBe('base-invalid');
    expect(error.message).toContain(message);
  });

  it.each([0, 1, 2 ** 24, 2 ** 40])('a header of %d bytes, before it is read', (length) => {
    const start = new Uint8Array(9);
    new DataView(start.buffer).setBigUint64(0, BigInt(length), true);
    start[8] = '{'.charCodeAt(0);
    const source = { ...bytesInMemory('model.safetensors', start), size: 2 ** 24 };
    expect(isSafetensors(source)).toBe(true);
    expect(errorOf(() => readHeader(source)).message).toContain(`would have ${length} bytes`);
  });

  it('a header that is no JSON', () => {
    const text = new TextEncoder().encode('{"a":');
    expect(errorOf(() => parseHeader('x', text, 100)).message).toContain('is not JSON');
  });

  it('a network with a tensor missing, one of another shape, and one of whole numbers', () => {
    const without = mobileNet.filter(({ name }) => name !== 'features.3.conv.0.1.running_mean');
    expect(errorOf(() => loadSafetensors(torchFixture(without))).details).toEqual({
      layer: 'block_2_expand_BN',
      tensor: 'mean',
    });
    const other = (change: object) =>
      mobileNet.map((place) =>
        place.name === 'features.3.conv.3.bias' ? { ...place, ...change } : place,
      );
    expect(
      errorOf(() => loadSafetensors(torchFixture(other({ shape: [9] })))).details,
    ).toMatchObject({
      layer: 'block_2_project_BN',
      found: '9',
    });
    expect(errorOf(() => loadSafetensors(torchFixture(other({ dtype: 'I64' })))).message).toContain(
      'features.3.conv.3.bias is of type I64',
    );
  });

  it('values that are not numbers, naming the tensor', () => {
    const header = { a: { dtype: 'F32', shape: [1], data_offsets: [0, 4] } };
    const source = safetensorsFile(header, new Uint8Array(Float32Array.of(NaN).buffer));
    const place = readHeader(source).tensors.get('a');
    if (place === undefined) throw new Error('The tensor is missing');
    expect(errorOf(() => tensorAt(source, place).values).details).toEqual({ tensor: 'a' });
  });
});
