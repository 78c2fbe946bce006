import type { Architecture, Origin } from './architecture.ts';
import { MOBILENET_V1_CONVOLUTIONS, mobileNetV1 } from './mobileNetV1.ts';
import {
  lastBlockChannels,
  MOBILENET_V2_ALPHAS,
  MOBILENET_V2_CONVOLUTIONS,
  mobileNetV2,
} from './mobileNetV2.ts';
import { vgg, VGG_DEPTHS } from './vgg.ts';

type Shape = readonly number[];

/**
 * The family, width and depth that weights belong to, told by the shapes of their kernels alone, in the
 * order of the layers: `[height, width, in, out]`, `[height, width, in, 1]` (depthwise), `[in, out]`.
 * Only recognises; that every tensor has the shape that the architecture gives is for the caller to check.
 */
export function recogniseArchitecture(
  origin: Origin,
  kernels: readonly Shape[],
): Architecture | null {
  const [first = []] = kernels;
  if (first.length !== 4 || first[0] !== 3 || first[1] !== 3 || first[2] !== 3) return null;
  return recogniseVgg(origin, kernels) ?? recogniseMobileNet(origin, kernels);
}

function recogniseVgg(origin: Origin, kernels: readonly Shape[]): Architecture | null {
  const numConvolutions = kernels.filter((shape) => shape.length === 4).length;
  const denseShapes = kernels.filter((shape) => shape.length === 2);
  const depth = VGG_DEPTHS.find((layers) => layers === numConvolutions + 3);
  const isVgg = kernels.slice(0, numConvolutions).every(([height]) => height === 3);
  if (depth === undefined || !isVgg || ![0, 3].includes(denseShapes.length)) return null;
  const numClasses = denseShapes.at(-1)?.[1] ?? null;
  return vgg({ origin, depth, numClasses, hasBatchNorm: false });
}

function recogniseMobileNet(origin: Origin, kernels: readonly Shape[]): Architecture | null {
  const [, second = []] = kernels;
  if (second[0] !== 3 || second[2] !== kernels[0]?.[3] || second[3] !== 1) return null;
  return recogniseMobileNetV2(origin, kernels) ?? recogniseMobileNetV1(kernels);
}

function recogniseMobileNetV2(origin: Origin, kernels: readonly Shape[]): Architecture | null {
  const top = kernels[MOBILENET_V2_CONVOLUTIONS];
  if (kernels.length < MOBILENET_V2_CONVOLUTIONS) return null;
  if (kernels.length > MOBILENET_V2_CONVOLUTIONS + 1 || (top && top.length !== 2)) return null;
  const channels = kernels[MOBILENET_V2_CONVOLUTIONS - 2]?.[3];
  const alpha = MOBILENET_V2_ALPHAS.find((width) => lastBlockChannels(width) === channels);
  return alpha === undefined ? null : mobileNetV2({ origin, alpha, numClasses: top?.[1] ?? null });
}

function recogniseMobileNetV1(kernels: readonly Shape[]): Architecture | null {
  const top = kernels[MOBILENET_V1_CONVOLUTIONS];
  if (kernels.length < MOBILENET_V1_CONVOLUTIONS) return null;
  if (kernels.length > MOBILENET_V1_CONVOLUTIONS + 1) return null;
  const channels = kernels[MOBILENET_V1_CONVOLUTIONS - 1]?.[3] ?? 0;
  return mobileNetV1({ alpha: channels / 1024, numClasses: top?.[3] ?? null });
}
