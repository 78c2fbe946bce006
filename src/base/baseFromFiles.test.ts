import { describe, expect, it } from 'vitest';
import { findOffer } from '../catalogue/bases.ts';
import type { BaseId } from '../domain/ids.ts';
import { describeBody } from '../engine/describeBody.ts';
import { mobileNetV1 } from '../network/architectures/mobileNetV1.ts';
import { bytesInMemory } from '../network/byteSource.ts';
import { kerasH5 } from '../network/hdf5/h5Fixture.ts';
import { openNetwork } from '../network/openNetwork.ts';
import { acceptOffer, nameOfFiles } from './baseFromFiles.ts';

const offer = findOffer('mobilenet-v1-0.5-224' as BaseId);

/** Weights of the true shapes, as keras-applications stores them. */
async function mobileNetFile(alpha: number, value = 0.01) {
  const { layers } = mobileNetV1({ alpha, numClasses: null });
  const stored = layers.map(({ name, variables }) => ({
    name,
    tensors: variables.map((variable) => {
      const shape = variable.shape.map((size) => size ?? 0);
      const size = shape.reduce((product, each) => product * each, 1);
      const values = Array.from({ length: size }, () => value);
      return { name: `${name}/${variable.name}:0`, shape, values };
    }),
  }));
  return bytesInMemory('mobilenet_5_0_224_tf_no_top.h5', await kerasH5(stored));
}

async function accept(file: Awaited<ReturnType<typeof mobileNetFile>>) {
  if (offer === undefined) throw new Error('The catalogue has no MobileNetV1 0.5');
  return acceptOffer(offer, await openNetwork([file]), file.size, describeBody);
}

describe('acceptOffer without a hash', () => {
  it('takes weights of the right graph, and says what was found in them', async () => {
    const file = await mobileNetFile(0.5);
    const base = await accept(file);
    expect(base).toMatchObject({
      id: offer?.id,
      isVerified: false,
      sizeBytes: file.size,
      isSizeExact: true,
      // `conv_pw_13_relu`
      defaultCut: { positions: [85], pooling: 'global-average' },
    });
    expect(base.graphHash).toMatch(/^[0-9a-f]{64}$/u);
  });

  it('refuses weights of another width', async () => {
    await expect(mobileNetFile(0.25).then(accept)).rejects.toMatchObject({
      code: 'base-hash-mismatch',
      details: { base: 'MobileNetV1 0.5' },
    });
  });

  it('refuses weights that are not numbers', async () => {
    await expect(mobileNetFile(0.5, NaN).then(accept)).rejects.toMatchObject({
      code: 'base-invalid',
    });
  });
});

describe('nameOfFiles', () => {
  it.each([
    [['model.json', 'group1-shard1of1.bin'], 'model'],
    [['vgg16.weights.h5'], 'vgg16'],
    [['metadata.json', 'flowers.json', 'weights.bin'], 'flowers'],
    [['model.json', 'weights.bin', 'labels.txt', 'preprocessing.json'], 'model'],
    [[], ''],
  ])('of %j is %s', (names, expected) => {
    expect(nameOfFiles(names)).toBe(expected);
  });
});
