import {
  fixtureInput,
  fixtureLayer,
  fixtureTensor,
  type FixtureTensor,
} from '../network/kerasModelFixture.ts';

/** Parts of small networks of pictures of 7 × 6 × 3. */

const variance = (name: string, size: number): FixtureTensor => ({
  name,
  shape: [size],
  values: Array.from({ length: size }, (_, i) => 0.5 + i / size),
});
export const batchNorm = (name: string, size: number): FixtureTensor[] => [
  fixtureTensor(`${name}/gamma`, size),
  fixtureTensor(`${name}/beta`, size),
  fixtureTensor(`${name}/moving_mean`, size),
  variance(`${name}/moving_variance`, size),
];

export const input = fixtureInput('in', 7, 6, 3);
export const conv = (config: object, ...inputs: string[]) =>
  fixtureLayer('Conv2D', 'conv', { filters: 4, kernel_size: [3, 3], ...config }, ...inputs);
export const kernel = fixtureTensor('conv/kernel', 3, 3, 3, 4);
export const bias = fixtureTensor('conv/bias', 4);
