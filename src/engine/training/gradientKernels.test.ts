import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { TEST_BACKENDS, useTestBackend } from '../backendFixture.ts';
import { relativeDistance } from '../goldenFixture.ts';
import { registerGradients } from './registerGradients.ts';

type Pad = 'same' | 'valid' | tf.backend_util.ExplicitPadding;

const SIZES = [
  [5, 7],
  [6, 8],
] as const;
const KERNELS = [
  [3, 3],
  [1, 1],
  [2, 5],
] as const;
const PADS: readonly Pad[] = [
  'same',
  'valid',
  [
    [0, 0],
    [0, 1],
    [2, 1],
    [0, 0],
  ],
];
const CASES = SIZES.flatMap((size) =>
  KERNELS.flatMap((kernel) =>
    [1, 2, 3].flatMap((stride) => PADS.map((pad) => ({ size, kernel, stride, pad }))),
  ),
);

type Draw = (shape: readonly number[], phase: number) => tf.Tensor;

/** Values that look random and differ from tensor to tensor. */
const values: Draw = (shape, phase) => {
  const size = shape.reduce((product, each) => product * each, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, (_, i) => Math.sin(phase + i * 1.7 + i * i * 0.013)),
    [...shape],
  );
};

/** Few different values, so that most windows have the largest more than once. */
const ties: Draw = (shape, phase) => tf.tidy(() => tf.round(values(shape, phase)));

type Differentiable = (x: tf.Tensor4D, other: tf.Tensor4D) => tf.Tensor;

/** Gradients by each input, for a dy that is not the same everywhere. */
async function gradientsOn(
  backend: (typeof TEST_BACKENDS)[number],
  apply: Differentiable,
  shapes: readonly (readonly number[])[],
  draw: Draw,
): Promise<readonly Float32Array[]> {
  await useTestBackend(backend);
  const { numTensors } = tf.memory();
  const inputs = shapes.map((shape, i) => draw(shape, i));
  const gradients = tf.tidy(() =>
    tf.grads((...given: tf.Tensor[]) => {
      const [x, other] = given as [tf.Tensor4D, tf.Tensor4D];
      const y = apply(x, other);
      return tf.mul(y, values(y.shape, 0.5));
    })(inputs),
  );
  const read = gradients.map((each) => each.dataSync<'float32'>().slice());
  tf.dispose([...inputs, ...gradients]);
  expect(tf.memory().numTensors).toBe(numTensors);
  return read;
}

async function expectEqualGradients(
  apply: Differentiable,
  shapes: readonly (readonly number[])[],
  draw = values,
): Promise<void> {
  const expected = await gradientsOn('cpu', apply, shapes, draw);
  const actual = await gradientsOn('wasm', apply, shapes, draw);
  expect(actual).toHaveLength(expected.length);
  for (const [i, gradient] of actual.entries()) {
    expect(relativeDistance(gradient, expected[i] ?? [])).toBeLessThan(1e-5);
  }
}

beforeAll(registerGradients);

describe('gradients of convolutions on WASM are those of the CPU', () => {
  it.each(CASES)('of $size by $kernel, stride $stride, padding $pad', async (each) => {
    const { size, kernel, stride, pad } = each;
    const given = pad as 'valid';
    const convolve: Differentiable = (x, filter) => tf.conv2d(x, filter, stride, given);
    await expectEqualGradients(convolve, [
      [2, ...size, 3],
      [...kernel, 3, 4],
    ]);
    const depthwise: Differentiable = (x, filter) => tf.depthwiseConv2d(x, filter, stride, given);
    for (const multiplier of [1, 2]) {
      await expectEqualGradients(depthwise, [
        [2, ...size, 3],
        [...kernel, 3, multiplier],
      ]);
    }
  });

  it('with strides that differ', async () => {
    const shapes = [
      [1, 7, 6, 2],
      [3, 2, 2, 2],
    ];
    await expectEqualGradients((x, filter) => tf.conv2d(x, filter, [1, 2], 'same'), shapes);
    await expectEqualGradients(
      (x, filter) => tf.depthwiseConv2d(x, filter, [2, 1], 'same'),
      shapes,
    );
  });
});

describe('gradients of poolings on WASM are those of the CPU', () => {
  it.each(CASES)('of $size by $kernel, stride $stride, padding $pad', async (each) => {
    const { size, kernel, stride, pad } = each;
    // TF.js takes no windows of the border alone.
    const given = typeof pad === 'string' ? pad : 'same';
    const shapes = [[2, ...size, 3]];
    const largest: Differentiable = (x) => tf.maxPool(x, [...kernel], stride, given);
    await expectEqualGradients(largest, shapes);
    await expectEqualGradients(largest, shapes, ties);
    await expectEqualGradients((x) => tf.avgPool(x, [...kernel], stride, given), shapes);
  });
});

describe('products of matrices on WASM are those of the CPU', () => {
  it.each([
    [false, true],
    [true, false],
    [true, true],
  ])('with operands transposed: %s, %s', async (transposeA, transposeB) => {
    const product: Differentiable = (a, b) => tf.matMul(a, b, transposeA, transposeB);
    const shape = (isTransposed: boolean, rows: number, columns: number) =>
      isTransposed ? [columns, rows] : [rows, columns];
    const [a, b] = [shape(transposeA, 4, 5), shape(transposeB, 5, 3)];
    await expectEqualGradients(product, [a, b]);
    await expectEqualGradients(product, [
      [2, ...a],
      [2, ...b],
    ]);
  });
});

describe.each(TEST_BACKENDS)('on %s', (backend) => {
  beforeAll(() => useTestBackend(backend));

  it('the gradient of ReLU6 is 1 between its bends, and as TensorFlow has it on them', () => {
    const gradient = tf.grad((x: tf.Tensor) => tf.relu6(x));
    const x = tf.tensor1d([-1, 0, 1e-3, 3, 6, 6.1]);
    expect([...gradient(x).dataSync()]).toEqual([0, 0, 1, 1, 1, 0]);
  });
});
