import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cut, CutPooling } from '../../src/domain/cut.ts';
import type { HeadWeights } from '../../src/domain/head.ts';
import { PIXEL_RANGES } from '../../src/domain/pixelRanges.ts';
import { numInputChannels, type PixelRange } from '../../src/domain/preprocessing.ts';
import { createRandom } from '../../src/domain/random.ts';
import { DEFAULT_TWO_CONVOLUTIONS } from '../../src/domain/twoConvolutions.ts';
import { createPlan } from '../../src/engine/plan.ts';
import { writeInput } from '../../src/engine/preprocess.ts';
import { formulaDeepHead, formulaHead } from '../../src/exporters/exportFixture.ts';
import { withPixelInput } from '../../src/exporters/pixelInput.ts';
import { vgg } from '../../src/network/architectures/vgg.ts';
import { twoConvolutions } from '../../src/network/architectures/twoConvolutions.ts';
import { attachTensors } from '../../src/network/attachTensors.ts';
import { bytesInMemory } from '../../src/network/byteSource.ts';
import { classifierNetwork, pooledNetwork } from '../../src/network/compose.ts';
import { inferShapes } from '../../src/network/inferShapes.ts';
import type { Network } from '../../src/network/network.ts';
import { openNetwork } from '../../src/network/openNetwork.ts';
import { withRandomWeights } from '../../src/network/randomWeights.ts';
import { withTuned } from '../../src/network/tunedNetwork.ts';
import { goldenPixels, type GoldenCase } from './golden.ts';

const NUM_PHOTOS = 3;
const NUM_CLASSES = 5;

interface BaseCase {
  readonly name: string;
  readonly base: Network;
  readonly range: PixelRange;
  readonly pooling: CutPooling;
  readonly makeHead?: typeof formulaHead;
}

/** Classifiers on whole bases: ours, with hidden layers and tuned weights, grey, VGG's true shape. */
export async function* baseCases(): AsyncGenerator<GoldenCase> {
  const starter = await openFolder('public/bases/starter');
  const signed = PIXEL_RANGES['signed-unit'];
  const average = { range: signed, pooling: 'global-average' } as const;
  yield await baseCase({ name: 'starter', base: starter, ...average });
  yield await baseCase({
    name: 'starter-hidden-tuned',
    base: tuned(starter),
    ...average,
    pooling: 'average-and-spread',
    makeHead: formulaDeepHead,
  });
  const grey = { channelOrder: 'grey', scale: [1 / 255], offset: [0] } as const;
  yield await baseCase({ name: 'grey', base: greyBase(), range: grey, pooling: 'none' });
  const bgr = PIXEL_RANGES['bgr-minus-means'];
  yield await baseCase({ name: 'vgg16-bgr', base: randomVgg16(), range: bgr, pooling: 'flatten' });
  const assets = process.env['GRAFT_ASSETS'];
  if (assets === undefined) {
    console.log('skipped: mobilenet-v2-0.35 needs GRAFT_ASSETS');
    return;
  }
  const mobileNet = await openFolder(join(assets, 'weights/mobilenet_v2_0.35_224'));
  yield await baseCase({ name: 'mobilenet-v2-0.35', base: mobileNet, ...average });
}

async function baseCase(settings: BaseCase): Promise<GoldenCase> {
  const { name, base, range, pooling } = settings;
  const [height, width] = inferShapes(base)[0] ?? [];
  const shape = [NUM_PHOTOS, height ?? 0, width ?? 0, 3] as const;
  const pixels = goldenPixels(NUM_PHOTOS, shape[1], shape[2]);
  const input = new Float32Array((pixels.length / 3) * numInputChannels(range));
  writeInput(new Uint8ClampedArray(pixels), range, input, 0);
  const inputShape = [shape[1], shape[2], numInputChannels(range)];
  const cut: Cut = { positions: [base.layers.length - 1], pooling };
  const activations = await answers(pooledNetwork(base, cut), inputShape, input);
  const head = uncertainHead(activations, settings.makeHead ?? formulaHead);
  const network = classifierNetwork({ network: base, cut, head });
  const probabilities = await answers(network, inputShape, input);
  return { name, network: withPixelInput(network, range), shape, pixels, probabilities };
}

async function answers(network: Network, inputShape: readonly number[], input: Float32Array) {
  const plan = createPlan(network, inputShape);
  const output = await plan.run(input, NUM_PHOTOS);
  plan.dispose();
  return output;
}

/** A head for which no class is certain, so that a small difference shows. */
function uncertainHead(activations: Float32Array, makeHead: typeof formulaHead): HeadWeights {
  const size = activations.length / NUM_PHOTOS;
  const norm = Math.hypot(...activations.subarray(0, size));
  const head = makeHead(size, NUM_CLASSES);
  const scaled = (kernel: Float32Array) => kernel.map((value) => (value * 2) / norm);
  const [first, ...others] = head.hidden ?? [];
  if (first === undefined) return { ...head, kernel: scaled(head.kernel) };
  return { ...head, hidden: [{ ...first, kernel: scaled(first.kernel) }, ...others] };
}

async function openFolder(folder: string): Promise<Network> {
  const files = readdirSync(folder).map((file) =>
    bytesInMemory(file, new Uint8Array(readFileSync(join(folder, file)))),
  );
  const opened = await openNetwork(files);
  if ('network' in opened) return opened.network;
  throw new Error(`${folder} was not read as layers`);
}

/** With another kernel in the last layer that has one. */
function tuned(base: Network): Network {
  const position = base.layers.findLastIndex(({ tensors }) => tensors.kernel !== undefined);
  const kernel = base.layers[position]?.tensors.kernel;
  if (kernel === undefined) throw new Error('The base has no kernel');
  const values = kernel.values.map((value, i) => value * (1 + Math.sin(i) / 4));
  return withTuned(base, [{ position, role: 'kernel', shape: kernel.shape, values }]);
}

/** The small network that can be trained here, before its softmax. */
function greyBase(): Network {
  const settings = { ...DEFAULT_TWO_CONVOLUTIONS, isGrey: true };
  const { layers } = twoConvolutions(settings, NUM_CLASSES, createRandom(3));
  return { layers: layers.slice(0, -1) };
}

/** Since the real weights may not be had. */
function randomVgg16(): Network {
  const { layers } = vgg({ origin: 'keras', depth: 16, numClasses: null, hasBatchNorm: false });
  const shapes = attachTensors(layers, (_, { shape }) => ({
    shape: shape.map((size) => size ?? 0),
    values: new Float32Array(),
  }));
  return withRandomWeights(shapes, 7);
}
