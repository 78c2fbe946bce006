import type { Layer, Network } from '../network.ts';
import type { Architecture } from './architecture.ts';
import { MOBILENET_V1_CONVOLUTIONS } from './mobileNetV1.ts';
import { MOBILENET_V2_CONVOLUTIONS } from './mobileNetV2.ts';
import { recogniseArchitecture } from './recogniseArchitecture.ts';

/** VGG16's and VGG19's convolutions. */
const VGG_CONVOLUTIONS = [13, 16];

/**
 * The architecture that a whole model was built on: with its kernels' shapes under the names that
 * keras-applications gives them, from the input on; somebody's own layers may follow. The pixel range
 * of such a network is that of its family, since nothing stands between the pixels and its first kernel.
 */
export function recogniseNetwork({ layers }: Network): Architecture | null {
  const withKernel = layers.filter(({ tensors }) => tensors.kernel !== undefined);
  const [first] = withKernel;
  if (first === undefined || !startsWithPixels(layers, first)) return null;
  const ends = [MOBILENET_V2_CONVOLUTIONS, MOBILENET_V1_CONVOLUTIONS, ...VGG_CONVOLUTIONS];
  for (const end of [withKernel.length, ...ends]) {
    const candidates = withKernel.slice(0, end);
    const kernels = candidates.map(({ tensors }) => tensors.kernel?.shape ?? []);
    const architecture = recogniseArchitecture('keras', kernels);
    if (architecture !== null && hasNamesOf(architecture, candidates)) return architecture;
  }
  return null;
}

function startsWithPixels(layers: readonly Layer[], first: Layer): boolean {
  return layers
    .slice(0, layers.indexOf(first))
    .every(({ kind }) => kind === 'input' || kind === 'zero-padding2d');
}

function hasNamesOf(architecture: Architecture, candidates: readonly Layer[]): boolean {
  const names = architecture.layers
    .filter(({ variables }) => variables.some(({ role }) => role === 'kernel'))
    .map(({ name }) => name);
  // A classifier of one's own may have any name.
  const isTop = (i: number) => i === names.length - 1;
  return candidates.every(({ name }, i) => name === names[i] || isTop(i));
}
