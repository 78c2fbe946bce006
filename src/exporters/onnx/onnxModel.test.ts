import { InferenceSession, Tensor, env } from 'onnxruntime-web';
import { beforeAll, describe, expect, it } from 'vitest';
import { useTestBackend } from '../../engine/backendFixture.ts';
import { relativeDistance } from '../../engine/goldenFixture.ts';
import { createPlan } from '../../engine/plan.ts';
import { SMALL_NETWORKS } from '../../engine/smallNetworksFixture.ts';
import { fixtureTensor } from '../../network/kerasModelFixture.ts';
import { loadTfjsLayers } from '../../network/loadTfjsLayers.ts';
import type { Network } from '../../network/network.ts';
import { onnxModel } from './onnxModel.ts';

const INPUT_SHAPE = [7, 6, 3];
const BATCH = Float32Array.from(fixtureTensor('batch', 2, 7, 6, 3).values, (value) => value * 4);

beforeAll(() => {
  env.wasm.numThreads = 1;
  return useTestBackend('cpu');
});

describe('onnxModel', () => {
  it.each(Object.entries(SMALL_NETWORKS))(
    'answers in ONNX Runtime as here: %s',
    async (_, files) => {
      const network = loadTfjsLayers(files);
      const plan = createPlan(network, INPUT_SHAPE);
      const expected = await plan.run(BATCH, 2);
      plan.dispose();

      const session = await InferenceSession.create(onnxModel(network, INPUT_SHAPE));
      const input = new Tensor('float32', BATCH, [2, ...INPUT_SHAPE]);
      const { output } = await session.run({ input });
      expect(output?.dims[0]).toBe(2);
      expect(relativeDistance(output?.data as Float32Array, expected)).toBeLessThan(2e-5);
      await session.release();
    },
  );

  it('leaves the size of the batch open', async () => {
    const network = loadTfjsLayers(SMALL_NETWORKS['convolution, same, bias']);
    const session = await InferenceSession.create(onnxModel(network, INPUT_SHAPE));
    const row = new Tensor('float32', BATCH.slice(0, BATCH.length / 2), [1, ...INPUT_SHAPE]);
    expect((await session.run({ input: row }))['output']?.dims[0]).toBe(1);
  });

  it('keeps kernels in half the bytes, biases as they are, and computes in float32', async () => {
    const shape = [2, 2, 3];
    const pixels = Float32Array.from(fixtureTensor('pixels', 1, ...shape).values);
    const network = wideNetwork();
    const plan = createPlan(network, shape);
    const expected = await plan.run(pixels, 1);
    plan.dispose();
    const [whole, half] = [onnxModel(network, shape), onnxModel(network, shape, 'float16')];
    expect(half.length).toBeLessThan(0.75 * whole.length);
    const session = await InferenceSession.create(half);
    const { output } = await session.run({ input: new Tensor('float32', pixels, [1, ...shape]) });
    const answers = [...(output?.data as Float32Array)];
    const distance = Math.max(...answers.map((value, i) => Math.abs(value - (expected[i] ?? NaN))));
    // Biases near 100 would be up to 0.03 off.
    expect(distance).toBeLessThan(4e-3);
    expect(distance).toBeGreaterThan(1e-6);
    await session.release();
  });
});

function wideNetwork(): Network {
  const kernel = fixtureTensor('kernel', 1, 1, 3, 1024);
  const bias = fixtureTensor('bias', 1024);
  return {
    layers: [
      { name: 'input', kind: 'input', shape: [2, 2, 3], inputs: [], tensors: {} },
      {
        name: 'wide',
        kind: 'conv2d',
        strides: [1, 1],
        dilations: [1, 1],
        padding: 'valid',
        activation: 'linear',
        inputs: [0],
        tensors: {
          kernel: { ...kernel, values: Float32Array.from(kernel.values) },
          bias: { ...bias, values: Float32Array.from(bias.values, (value) => 100 + value) },
        },
      },
    ],
  };
}
