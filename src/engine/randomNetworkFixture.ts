import { createRandom } from '../domain/random.ts';
import {
  fixtureInput,
  fixtureLayer,
  fixtureModel,
  fixtureTensor,
  type FixtureLayer,
  type FixtureTensor,
} from '../network/kerasModelFixture.ts';
import { batchNorm } from './smallLayersFixture.ts';

interface Drawn {
  readonly name: string;
  readonly side: number;
  readonly channels: number;
}

const SIDE = 8;
const NUM_LAYERS = 14;

/** A seeded network of what folding takes together or must leave apart, for pictures of 8 × 8 × 3. */
export function randomNetwork(seed: number) {
  const random = createRandom(seed);
  const pick = <Item>(items: readonly Item[]): Item =>
    items[Math.floor(random.next() * items.length)] as Item;
  const layers: FixtureLayer[] = [fixtureInput('in', SIDE, SIDE, 3)];
  const tensors: FixtureTensor[] = [];
  const drawn: Drawn[] = [{ name: 'in', side: SIDE, channels: 3 }];

  const used = new Set<string>();

  const add = (
    className: string,
    config: object,
    inputs: readonly Drawn[],
    changed: Partial<Drawn> = {},
  ) => {
    const name = `layer${String(layers.length)}`;
    const inputNames = inputs.map((input) => input.name);
    layers.push(fixtureLayer(className, name, config, ...inputNames));
    for (const each of inputNames) used.add(each);
    drawn.push({ side: 1, channels: 1, ...inputs[0], ...changed, name });
    return name;
  };

  const addConvolution = (x: Drawn): void => {
    const size = pick([1, 3]);
    const isSame = x.side < 4 || pick([true, false]);
    const isDepthwise = pick([true, false]);
    const side = isSame ? x.side : x.side - size + 1;
    const channels = isDepthwise ? x.channels : pick([2, 3, 5]);
    const config = {
      kernel_size: size,
      padding: isSame ? 'same' : 'valid',
      use_bias: pick([true, false]),
      activation: pick(['linear', 'linear', 'relu', 'elu', 'tanh']),
      filters: channels,
    };
    const className = isDepthwise ? 'DepthwiseConv2D' : 'Conv2D';
    const name = add(className, config, [x], { side, channels });
    const kernel = isDepthwise ? 'depthwise_kernel' : 'kernel';
    const shape = [size, size, x.channels, isDepthwise ? 1 : channels];
    tensors.push(fixtureTensor(`${name}/${kernel}`, ...shape));
    if (config.use_bias) tensors.push(fixtureTensor(`${name}/bias`, channels));
  };

  const addOne = (x: Drawn): void => {
    // TF.js layers free an input that one layer takes twice.
    const ofItsSide = drawn.filter(({ name, side }) => name !== x.name && side === x.side);
    const likeX = ofItsSide.filter(({ channels }) => channels === x.channels);
    pick([
      () => addConvolution(x),
      () => addConvolution(x),
      () => tensors.push(...batchNorm(add('BatchNormalization', {}, [x]), x.channels)),
      () => add('Rescaling', { scale: pick([0.5, -2]), offset: pick([0, 1]) }, [x]),
      () => add('ReLU', { max_value: pick([6, null]) }, [x]),
      () => add('LeakyReLU', { alpha: 0.2 }, [x]),
      () => add('Activation', { activation: 'sigmoid' }, [x]),
      () => add('ZeroPadding2D', { padding: 1 }, [x], { side: x.side + 2 }),
      ...likeX
        .slice(-1)
        .map((other) => () => add(pick(['Add', 'Add', 'Multiply']), {}, [x, other])),
      ...ofItsSide.slice(-1).map((other) => () => {
        add('Concatenate', { axis: -1 }, [x, other], { channels: x.channels + other.channels });
      }),
    ])();
  };

  // Mostly onwards, now and then from an earlier layer, so that outputs have several uses.
  while (layers.length <= NUM_LAYERS) addOne(random.next() < 0.8 ? lastOf(drawn) : pick(drawn));
  // Whatever no layer takes is part of the answer, and the input, so that it is never all zeros.
  used.delete('in');
  const ends = drawn.filter(({ name }) => !used.has(name));
  const rows = ends.map((end) => {
    const name = add('GlobalAveragePooling2D', {}, [end]);
    return { ...end, name };
  });
  if (rows.length > 1) add('Concatenate', {}, rows);
  return fixtureModel(layers, tensors);
}

function lastOf(drawn: readonly Drawn[]): Drawn {
  return drawn.at(-1) ?? { name: 'in', side: SIDE, channels: 3 };
}
