import { createRandom, type Random } from '../../../src/domain/random.ts';
import { initialKernel } from '../../../src/head/gradient/initialKernel.ts';

/** What TF.js's `model.json` says of each array in its file of weights, one after the other. */
interface Manifest {
  readonly weightsManifest: readonly {
    readonly weights: readonly { readonly name: string; readonly shape: readonly number[] }[];
  }[];
}

/**
 * The same architecture, not trained: kernels drawn from `seed` as He et al. (2015) begin, batch norms
 * that change nothing. Takes TF.js's two files of float32 weights.
 */
export async function withRandomWeights(
  [model, weights]: readonly File[],
  seed: number,
): Promise<readonly File[]> {
  if (model === undefined || weights === undefined) throw new Error('A model and its weights');
  const { weightsManifest } = JSON.parse(await model.text()) as Manifest;
  const random = createRandom(seed);
  const arrays = weightsManifest
    .flatMap((group) => group.weights)
    .map(({ name, shape }) => randomArray(name.split('/').at(-1) ?? '', shape, random));
  return [model, new File(arrays, weights.name)];
}

function randomArray(
  role: string,
  shape: readonly number[],
  random: Random,
): Float32Array<ArrayBuffer> {
  const size = shape.reduce((product, each) => product * each, 1);
  if (role === 'gamma' || role === 'moving_variance') return new Float32Array(size).fill(1);
  if (!role.endsWith('kernel')) return new Float32Array(size);
  const [height = 1, width = 1, channels = 1] = shape;
  // A depthwise kernel sees one channel at a time.
  const numInputs = height * width * (role.startsWith('depthwise') ? 1 : channels);
  const settings = { kernel: { kind: 'he-normal' }, biasValue: 0 } as const;
  return Float32Array.from(initialKernel(settings, numInputs, size / numInputs, random));
}
