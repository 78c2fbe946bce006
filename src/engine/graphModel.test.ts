import { loadGraphModelSync } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { bytesInMemory } from '../network/byteSource.ts';
import { cutNetwork, pooledNetwork } from '../network/compose.ts';
import {
  graphInput,
  graphModelFixture,
  graphNode,
  integers,
  sizes,
  texts,
  weights,
  windowAttributes,
} from '../network/graphModel/graphFixture.ts';
import { loadGraphModel, type GraphModelFiles } from '../network/loadGraphModel.ts';
import type { Network } from '../network/network.ts';
import { decodePng, relativeDistance } from './goldenFixture.ts';
import { createPlan } from './plan.ts';
import { resample } from './resample.ts';

const assets = process.env['GRAFT_ASSETS'];

beforeAll(async () => {
  await tf.setBackend('cpu');
});

function mapped(files: GraphModelFiles): Network {
  const opened = loadGraphModel(files);
  if ('network' in opened) return opened.network;
  throw new Error(`Not mapped: ${opened.reason.node} (${opened.reason.op})`);
}

/** What TF.js' own converter gives for the graph as it is, at its output or at a node. */
function converterOf({ modelJson, weights: source }: GraphModelFiles) {
  const data = source.read(0, source.size).slice().buffer;
  const model = loadGraphModelSync([JSON.parse(modelJson) as tf.io.ModelJSON, data]);
  return (input: Float32Array, shape: readonly number[], node?: string) =>
    tf.tidy(() => {
      const output = model.execute(tf.tensor(input, [1, ...shape]), node) as tf.Tensor;
      return output.dataSync();
    });
}

const input12 = Float32Array.from({ length: 12 * 12 * 3 }, (_, i) => ((i * 37) % 101) / 101 - 0.3);
const input = graphInput('in', 12, 12, 3);

/** A backbone of all kinds of convolution, fused and not. */
const backbone = graphModelFixture(
  [
    input,
    graphNode('Pad', 'pad', ['in', 'pad/sizes']),
    graphNode('Conv2D', 'conv', ['pad', 'conv/w'], windowAttributes(2, 'VALID')),
    graphNode('BiasAdd', 'bias', ['conv', 'conv/b']),
    graphNode('Relu6', 'relu6', ['bias']),
    graphNode('DepthwiseConv2dNative', 'dw', ['relu6', 'dw/w'], windowAttributes(1, 'SAME')),
    graphNode('FusedBatchNormV3', 'bn', ['dw', 'bn/g', 'bn/b', 'bn/m', 'bn/v'], {
      epsilon: { f: 0.001 },
      is_training: { b: false },
    }),
    graphNode('LeakyRelu', 'leaky', ['bn'], { alpha: { f: 0.1 } }),
    graphNode('_FusedConv2D', 'fused', ['leaky', 'fused/w', 'fused/b'], {
      ...windowAttributes(1, 'SAME'),
      num_args: { i: '1' },
      fused_ops: texts('BiasAdd', 'Relu'),
    }),
    graphNode('FusedDepthwiseConv2dNative', 'fdw', ['fused', 'dw/w', 'conv/b'], {
      ...windowAttributes(1, 'SAME'),
      num_args: { i: '1' },
      fused_ops: texts('BiasAdd', 'Relu6'),
    }),
    graphNode('AddV2', 'add', ['fused', 'fdw']),
    graphNode('MaxPool', 'max', ['add'], windowAttributes(2, 'VALID', 2)),
    graphNode('AvgPool', 'average', ['add'], windowAttributes(2, 'SAME', 3)),
    graphNode('ConcatV2', 'concat', ['max', 'average', 'axis']),
    graphNode('Mean', 'mean', ['concat', 'axes'], { keep_dims: { b: true } }),
    graphNode('Squeeze', 'squeeze', ['mean'], { squeeze_dims: integers(1, 2) }),
    graphNode('MatMul', 'product', ['squeeze', 'dense/w']),
    graphNode('BiasAdd', 'logits', ['product', 'dense/b']),
    graphNode('Softmax', 'probabilities', ['logits']),
    graphNode('Identity', 'out', ['probabilities']),
  ],
  [
    sizes('pad/sizes', [0, 0, 1, 1, 1, 1, 0, 0], [4, 2]),
    weights('conv/w', [3, 3, 3, 4]),
    weights('conv/b', [4]),
    weights('dw/w', [3, 3, 4, 1]),
    weights('bn/g', [4], true),
    weights('bn/b', [4]),
    weights('bn/m', [4]),
    weights('bn/v', [4], true),
    weights('fused/w', [1, 1, 4, 4]),
    weights('fused/b', [4]),
    sizes('axis', [3], []),
    sizes('axes', [1, 2]),
    weights('dense/w', [8, 5]),
    weights('dense/b', [5]),
  ],
);

/** Preprocessing inside, squeeze and excite, hard swish, constants for every channel. */
const arithmetic = graphModelFixture(
  [
    input,
    graphNode('Mul', 'double', ['in', 'two']),
    graphNode('Sub', 'shift', ['double', 'one']),
    graphNode('RealDiv', 'deviations', ['shift', 'row']),
    graphNode('Sub', 'turned', ['one', 'deviations']),
    graphNode('Conv2D', 'conv', ['turned', 'w'], {
      ...windowAttributes(2, 'EXPLICIT'),
      explicit_paddings: integers(0, 0, 0, 1, 2, 1, 0, 0),
    }),
    graphNode('AddV2', 'bias', ['conv', 'b']),
    graphNode('Mul', 'scaled', ['bias', 'b']),
    graphNode('AddV2', 'three', ['scaled', 'threes']),
    graphNode('Relu6', 'clip', ['three']),
    graphNode('Mul', 'sixth', ['clip', 'sixths']),
    graphNode('Mul', 'swish', ['scaled', 'sixth']),
    graphNode('Mean', 'squeeze', ['swish', 'axes'], { keep_dims: { b: true } }),
    graphNode('Conv2D', 'excite', ['squeeze', 'e'], windowAttributes(1, 'SAME')),
    graphNode('Sigmoid', 'gate', ['excite']),
    graphNode('Mul', 'gated', ['swish', 'gate']),
    graphNode('AddN', 'sum', ['gated', 'swish', 'scaled']),
    graphNode('Max', 'out', ['sum', 'axes']),
  ],
  [
    { ...weights('two', []), values: [2] },
    { ...weights('one', []), values: [1] },
    weights('row', [1, 1, 1, 3], true),
    weights('w', [3, 3, 3, 4]),
    weights('b', [4], true),
    { ...weights('threes', []), values: [3] },
    { ...weights('sixths', []), values: [1 / 6] },
    sizes('axes', [1, 2]),
    weights('e', [1, 1, 4, 4]),
  ],
);

/** Reshaping with the batch's size taken from the input, and matrices either way round. */
const rows = graphModelFixture(
  [
    input,
    graphNode('Prelu', 'prelu', ['in', 'slopes']),
    graphNode('Elu', 'elu', ['prelu']),
    graphNode('Shape', 'shape', ['elu']),
    graphNode('StridedSlice', 'batch', ['shape', 'zero', 'first', 'first'], {
      shrink_axis_mask: { i: '1' },
    }),
    graphNode('Pack', 'packed', ['batch', 'six', 'twelve', 'six'], { axis: { i: '0' } }),
    graphNode('Reshape', 'blocks', ['elu', 'packed']),
    graphNode('Reshape', 'flat', ['blocks', 'flat/shape']),
    graphNode('_FusedMatMul', 'fc1', ['flat', 'fc1/w', 'fc1/b'], {
      transpose_a: { b: false },
      transpose_b: { b: true },
      num_args: { i: '1' },
      fused_ops: texts('BiasAdd', 'Relu'),
    }),
    graphNode('MatMul', 'fc2', ['fc1', 'fc2/w'], { transpose_a: { b: false } }),
    graphNode('AddV2', 'bias', ['fc2', 'fc2/b']),
    graphNode('Tanh', 'out', ['bias']),
  ],
  [
    weights('slopes', [1, 1, 3]),
    sizes('zero', [0]),
    sizes('first', [1]),
    sizes('six', [6], []),
    sizes('twelve', [12], []),
    sizes('flat/shape', [-1, 432]),
    weights('fc1/w', [7, 432]),
    weights('fc1/b', [7]),
    weights('fc2/w', [7, 3]),
    weights('fc2/b', [3]),
  ],
);

describe('graph models as layers', () => {
  it.each([
    ['a backbone', backbone],
    ['arithmetic', arithmetic],
    ['rows', rows],
  ])('%s gives what the graph gives as it is', async (_, files) => {
    const plan = createPlan(mapped(files), [12, 12, 3]);
    const expected = converterOf(files)(input12, [12, 12, 3]);
    expect(plan.outputSize).toBe(expected.length);
    expect(relativeDistance(await plan.run(input12, 1), expected)).toBeLessThan(1e-5);
    plan.dispose();
  });

  it('takes a rescaling behind the input as telling the range of the pixels', () => {
    expect(loadGraphModel(arithmetic)).toMatchObject({
      pixelRange: { channelOrder: 'rgb', scale: [1 / 255], offset: [0] },
    });
    expect(loadGraphModel(backbone)).toMatchObject({ pixelRange: null });
  });
});

describe.skipIf(assets === undefined)('MobileNetV2 0.5 as a graph (needs GRAFT_ASSETS)', () => {
  it('gives what the graph gives as it is, at its output and inside', async () => {
    const read = (...path: string[]) => new Uint8Array(readFileSync(join(assets ?? '', ...path)));
    const folder = ['weights', 'mobilenet_v2_0.5_224_graph'];
    const files = {
      modelJson: new TextDecoder().decode(read(...folder, 'model.json')),
      weights: bytesInMemory('shard', read(...folder, 'group1-shard1of1.bin')),
    };
    const network = mapped(files);
    const execute = converterOf(files);
    const inside = 'module_apply_default/MobilenetV2/expanded_conv_12/add';
    const position = network.layers.findIndex(({ name }) => name === inside);
    const shape = [96, 96, 3];
    const output = createPlan(cutNetwork(network, network.layers.length - 1), shape);
    const middle = createPlan(
      pooledNetwork(network, { positions: [position], pooling: 'flatten' }),
      shape,
    );
    for (let index = 0; index < 8; index++) {
      const { rgb, width, height } = await decodePng(read('golden', 'images', `${index}.png`));
      const rgba = Uint8ClampedArray.from(
        { length: width * height * 4 },
        (_, i) => rgb[Math.floor(i / 4) * 3 + (i % 4)] ?? 0,
      );
      const box = { left: 0, top: 0, width, height };
      const pixels = resample({ data: rgba, width }, box, 96, 96);
      const picture = Float32Array.from(pixels, (byte) => byte / 255);
      for (const [plan, node] of [[output], [middle, inside]] as const) {
        const distance = relativeDistance(
          await plan.run(picture, 1),
          execute(picture, shape, node),
        );
        expect(distance).toBeLessThan(1e-4);
      }
    }
    output.dispose();
    middle.dispose();
  });
});
