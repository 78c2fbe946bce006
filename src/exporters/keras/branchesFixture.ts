import {
  fixtureInput,
  fixtureLayer,
  fixtureModel,
  fixtureTensor,
} from '../../network/kerasModelFixture.ts';
import { loadTfjsLayers } from '../../network/loadTfjsLayers.ts';
import type { Network } from '../../network/network.ts';

/** Branches of several lengths, their convolutions of one shape: in another order they would still load. */
export function branchesNetwork(): Network {
  const settings = { filters: 3, kernel_size: [1, 1], use_bias: false };
  const conv = (name: string, input: string) => fixtureLayer('Conv2D', name, settings, input);
  const files = fixtureModel(
    [
      fixtureInput('image', 6, 5, 3),
      conv('first', 'image'),
      conv('short', 'first'),
      conv('long_1', 'first'),
      conv('long_2', 'long_1'),
      conv('aside', 'image'),
      fixtureLayer('Add', 'sum', {}, 'short', 'long_2'),
      conv('after', 'sum'),
      fixtureLayer('Multiply', 'product', {}, 'aside', 'after', 'first'),
    ],
    ['first', 'short', 'long_1', 'long_2', 'aside', 'after'].map((name) =>
      fixtureTensor(`${name}/kernel`, 1, 1, 3, 3),
    ),
  );
  return loadTfjsLayers(files);
}
