import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { toGraftError, type GraftError } from '../../domain/errors.ts';
import { createRandom } from '../../domain/random.ts';
import { bytesInMemory } from '../byteSource.ts';
import { fixtureTensor } from '../kerasModelFixture.ts';
import { h5Bytes, kerasH5 } from './h5Fixture.ts';
import { isHdf5, openHdf5, type Hdf5File } from './hdf5File.ts';
import { listStoredLayers } from './legacyWeights.ts';
import { loadHdf5Library } from './library.ts';

const kernel = fixtureTensor('a/kernel:0', 3, 5, 7);
const bias = fixtureTensor('a/bias:0', 7);
/** In a file of Keras. */
const LENGTH_OF_NAME = 1976;
const REFUSED = { code: 'base-invalid', details: { file: 'weights.h5' } };
const small = await kerasH5([{ name: 'a', tensors: [kernel, bias] }]);

function open(bytes: Uint8Array<ArrayBuffer>): Promise<Hdf5File> {
  return openHdf5(bytesInMemory('weights.h5', bytes));
}

/** Reads whatever a loader of weights would. */
async function readAll(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const file = await open(bytes);
  for (const { paths } of listStoredLayers(file, '/')) {
    for (const path of paths) expect(file.tensor(path)?.values).toBeInstanceOf(Float32Array);
  }
}

async function errorOf(work: () => Promise<unknown>): Promise<GraftError> {
  const thrown: unknown = await work().then(
    () => new Error('Nothing was refused'),
    (reason: unknown) => reason,
  );
  return toGraftError(thrown);
}

/** The bytes with every 8-byte number `from` made `to`. */
function withNumber(bytes: Uint8Array<ArrayBuffer>, from: bigint, to: bigint) {
  const changed = new DataView(bytes.slice().buffer);
  for (let offset = 0; offset + 8 <= bytes.length; offset++) {
    if (changed.getBigUint64(offset, true) === from) changed.setBigUint64(offset, to, true);
  }
  return new Uint8Array(changed.buffer);
}

describe('an HDF5 file', () => {
  it('is known by its beginning', () => {
    expect(isHdf5(bytesInMemory('a', small))).toBe(true);
    expect(isHdf5(bytesInMemory('b', small.slice(1)))).toBe(false);
    expect(isHdf5(bytesInMemory('c', small.slice(0, 4)))).toBe(false);
  });

  it('gives texts, tensors, and null for what is not there', async () => {
    const file = await open(small);
    expect(file.texts('/', 'layer_names')).toEqual(['a']);
    expect(file.text('/', 'layer_names')).toBe('a');
    expect(file.text('/', 'model_config')).toBeNull();
    expect(file.tensor('/a/a/kernel:0')?.shape).toEqual([3, 5, 7]);
    expect(file.tensor('/a/a/kernel:0')?.values).toEqual(Float32Array.from(kernel.values));
    expect(file.tensor('/a/b/kernel:0')).toBeNull();
  });

  it('reads on after another file was open', async () => {
    const other = await kerasH5([{ name: 'b', tensors: [fixtureTensor('kernel', 2, 2)] }]);
    const [first, second] = [await open(small), await open(other)];
    const tensors = [first.tensor('/a/a/bias:0'), second.tensor('/b/kernel')];
    for (let round = 0; round < 3; round++) {
      expect(tensors.map((tensor) => tensor?.values.length)).toEqual([7, 4]);
    }
  });

  it('is read in pieces, and only where something is asked for', async () => {
    const shape = [1, 60, 100_000];
    const data = Float32Array.from({ length: 6_000_000 }, (_, i) => i % 1009);
    const bytes = await h5Bytes((file) => file.create_dataset({ name: 'large', data, shape }));
    const read = vi.fn((start: number, end: number) => bytes.subarray(start, end));
    const file = await openHdf5({ name: 'large.h5', size: bytes.length, read });
    const tensor = file.tensor('/large');
    const bytesRead = () => read.mock.calls.map(([start, end]) => end - start);
    expect(Math.max(...bytesRead())).toBeLessThan(10_000);
    expect(tensor?.values.every((value, i) => value === data[i])).toBe(true);
    expect(Math.max(...bytesRead())).toBeLessThanOrEqual(8 * 2 ** 20);
  });

  it('passes on what its source says', async () => {
    let isGone = false;
    const read = (start: number, end: number) => {
      if (isGone) throw new Error('The file was moved');
      return small.subarray(start, end);
    };
    const file = await openHdf5({ name: 'moved.h5', size: small.length, read });
    const tensor = file.tensor('/a/a/kernel:0');
    isGone = true;
    expect(() => tensor?.values).toThrow('The file was moved');
  });
});

describe('a damaged or hostile file', () => {
  it('that is something else is refused by name', async () => {
    const error = await errorOf(() => open(new Uint8Array(5000)));
    expect(error).toMatchObject(REFUSED);
  });

  it('that is cut short anywhere is refused', async () => {
    for (let length = 0; length < small.length; length += 101) {
      const error = await errorOf(() => readAll(small.slice(0, length)));
      expect(error).toMatchObject(REFUSED);
    }
  });

  it('that claims a tensor of 40 GB is refused before memory is taken', async () => {
    const widened = withNumber(small, 7n, 700_000_000n);
    const claimed = withNumber(widened, 3n * 5n * 7n * 4n, 3n * 5n * 700_000_000n * 4n);
    expect(await errorOf(() => readAll(claimed))).toMatchObject({
      code: 'base-invalid',
      details: { file: 'weights.h5', tensor: '/a/a/kernel:0' },
    });
    const packed = await h5Bytes((file) => {
      const layout = { shape: [2, 2], maxshape: [null, null], chunks: [2, 2], compression: 1 };
      file
        .create_dataset({ name: 'packed', data: new Float32Array(4), ...layout })
        .resize([100_000, 100_000]);
    });
    const file = await open(packed);
    expect(() => file.tensor('/packed')).toThrow(
      '100000 × 100000 values, which the file cannot hold',
    );
  });

  it('that claims a list of names without end is refused', async () => {
    const layers = Array.from({ length: 211 }, (_, i) => ({ name: `l${i}`, tensors: [] }));
    const claimed = withNumber(await kerasH5(layers), 211n, 2n ** 33n);
    expect(await errorOf(() => readAll(claimed))).toMatchObject(REFUSED);
  });

  it('whose texts would send the library round for ever is refused', async () => {
    const start = new TextDecoder('latin1').decode(small).indexOf('GCOL');
    const damaged = new DataView(small.slice().buffer);
    // The collection's first object becomes free space without a size.
    damaged.setUint16(start + 16, 0, true);
    damaged.setBigUint64(start + 24, 0n, true);
    const error = await errorOf(() => readAll(new Uint8Array(damaged.buffer)));
    expect(error).toMatchObject(REFUSED);
  });

  it('with weights that are not numbers is refused when they are read', async () => {
    for (const value of [NaN, Infinity, -Infinity]) {
      const tensor = { name: 'kernel', shape: [3], values: [1, value, 2] };
      const file = await open(await kerasH5([{ name: 'a', tensors: [tensor] }]));
      expect(() => file.tensor('/a/kernel')?.values).toThrow('/a/kernel in weights.h5 has values');
    }
  });

  it('that lists a tensor or a layer that it does not have is refused', async () => {
    const file = await h5Bytes((root) => root.create_attribute('layer_names', ['nowhere']));
    expect(await errorOf(() => readAll(file))).toMatchObject({
      code: 'base-invalid',
      details: { file: 'weights.h5', layer: 'nowhere' },
    });
  });

  it('that says a text has a gigabyte takes no memory for it', async () => {
    const path = join(import.meta.dirname, '../../engine/kerasFixtures/convolutions.h5.gz');
    const bytes = new Uint8Array(gunzipSync(readFileSync(path)));
    const view = new DataView(bytes.buffer);
    // Length of a layer's name, then where it lies in the heap.
    expect(view.getUint32(LENGTH_OF_NAME, true)).toBe(9);
    view.setUint32(LENGTH_OF_NAME, 0x58000009, true);
    const { module } = await loadHdf5Library();
    const before = module.HEAPU8.length;
    const file = await open(bytes);
    expect(() => listStoredLayers(file, '/model_weights')).toThrow('cannot be read');
    expect(module.HEAPU8.length).toBeLessThan(Math.max(before, 128 * 2 ** 20));
    await readAll(small);
  });

  it('with any bytes changed is read or refused, and leaves the library working', async () => {
    const random = createRandom(1);
    for (let round = 0; round < 200; round++) {
      const damaged = small.slice();
      for (let i = 0; i < 3; i++) {
        damaged[Math.floor(random.next() * small.length)] = Math.floor(random.next() * 256);
      }
      const thrown: unknown = await readAll(damaged).catch((reason: unknown) => reason);
      if (thrown !== undefined) expect(thrown).toMatchObject({ code: 'base-invalid' });
    }
    await readAll(small);
  });
});
