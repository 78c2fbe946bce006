import { createPlan } from '../../src/engine/plan.ts';
import { loadFigure, readFigures } from '../../src/engine/kerasFiguresFixture.ts';
import { inferShapes } from '../../src/network/inferShapes.ts';
import { formulaHead } from '../../src/exporters/exportFixture.ts';
import { branchesNetwork } from '../../src/exporters/keras/branchesFixture.ts';
import { NetworkBuilder } from '../../src/network/networkBuilder.ts';
import type { Layer, Network } from '../../src/network/network.ts';
import { goldenPixels, type GoldenCase } from './golden.ts';

const NUM_PHOTOS = 4;
const NUM_CLASSES = 3;

/** Every kind of layer, each in a small classifier of its own. */
export async function* layerCases(): AsyncGenerator<GoldenCase> {
  for (const keras of ['keras2', 'keras3'] as const) {
    for (const figure of readFigures(keras)) {
      const name = `${keras}-${figure.name.replaceAll(/\W+/g, '-')}`;
      yield await layerCase(name, loadFigure(figure));
    }
  }
  yield await layerCase('branches', branchesNetwork());
}

async function layerCase(name: string, middle: Network): Promise<GoldenCase> {
  const network = classifierOf(middle);
  const [height, width] = inferShapes(network)[0] ?? [];
  const shape = [NUM_PHOTOS, height ?? 0, width ?? 0, 3] as const;
  const pixels = goldenPixels(NUM_PHOTOS, shape[1], shape[2]);
  const plan = createPlan(network, shape.slice(1));
  const probabilities = await plan.run(Float32Array.from(pixels), NUM_PHOTOS);
  plan.dispose();
  return { name, network, shape, pixels, probabilities };
}

/** The network between a rescaling of bytes to about -4 to 4 and a softmax. */
function classifierOf({ layers }: Network): Network {
  const [input, ...others] = layers;
  if (input === undefined) throw new Error('A network without an input');
  const range: Layer = {
    kind: 'rescaling',
    scale: [1 / 32],
    offset: [-4],
    name: 'range',
    inputs: [0],
    tensors: {},
  };
  const moved = others.map((layer) => ({ ...layer, inputs: layer.inputs.map((i) => i + 1) }));
  const builder = new NetworkBuilder({ layers: [input, range, ...moved] });
  const row = builder.add({ kind: 'flatten' }, 'row', [builder.layers.length - 1]);
  const [size] = inferShapes({ layers: builder.layers }).at(-1) ?? [];
  const { kernel, bias } = formulaHead(size ?? 0, NUM_CLASSES);
  builder.add({ kind: 'dense', activation: 'softmax' }, 'probabilities', [row], {
    // Small enough for no class to be certain.
    kernel: { shape: [size ?? 0, NUM_CLASSES], values: kernel.map((value) => value / 20) },
    bias: { shape: [NUM_CLASSES], values: bias },
  });
  return { layers: builder.layers };
}
