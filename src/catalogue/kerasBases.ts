import type { BaseOffer, BasePurpose } from '../domain/baseModel.ts';
import type { BaseId } from '../domain/ids.ts';
import { PIXEL_RANGES } from '../domain/pixelRanges.ts';

const FOLDER = 'https://storage.googleapis.com/tensorflow/keras-applications';

/** Files hold float32 and little else. */
const BYTES_PER_PARAMETER = 4;

type Facts = Pick<
  BaseOffer,
  'name' | 'architecture' | 'numParameters' | 'pixelRange' | 'licence'
> & {
  readonly id: string;
  readonly path: string;
  readonly purpose: BasePurpose;
};

/** Weights of keras-applications. No copy has been seen here, so that there is no hash to check against. */
function kerasBase({ id, path, ...facts }: Facts): BaseOffer {
  return {
    id: id as BaseId,
    ...facts,
    origin: 'catalogue',
    format: 'keras-h5',
    addresses: [`${FOLDER}/${path}`],
    graphHash: null,
    isVerified: false,
    isOpaque: false,
    sizeBytes: facts.numParameters * BYTES_PER_PARAMETER,
    isSizeExact: false,
    inputHeight: 224,
    inputWidth: 224,
    isPixelRangeGuessed: false,
    defaultCut: null,
    quality: 'good',
    selfTestUrl: null,
  };
}

type MobileNet = readonly [alpha: string, numParameters: number, purpose: BasePurpose];

const V1_FILES: Readonly<Record<string, string>> = { '0.5': '5_0', '0.75': '7_5', '1.0': '1_0' };

function mobileNetV1([alpha, numParameters, purpose]: MobileNet): BaseOffer {
  return kerasBase({
    id: `mobilenet-v1-${alpha}-224`,
    name: `MobileNetV1 ${alpha}`,
    path: `mobilenet/mobilenet_${V1_FILES[alpha] ?? ''}_224_tf_no_top.h5`,
    architecture: `MobileNet ${Number(alpha)}`,
    numParameters,
    purpose,
    pixelRange: PIXEL_RANGES['signed-unit'],
    licence: 'Apache-2.0',
  });
}

function mobileNetV2([alpha, numParameters, purpose]: MobileNet): BaseOffer {
  return kerasBase({
    id: `mobilenet-v2-${alpha}-224`,
    name: `MobileNetV2 ${alpha}`,
    path: `mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_${alpha}_224_no_top.h5`,
    architecture: `MobileNetV2 ${Number(alpha)}`,
    numParameters,
    purpose,
    pixelRange: PIXEL_RANGES['signed-unit'],
    licence: 'Apache-2.0',
  });
}

function vgg(depth: 16 | 19, numParameters: number, isHeadless: boolean): BaseOffer {
  const family = `vgg${depth}`;
  return kerasBase({
    id: isHeadless ? `${family}-headless` : family,
    name: isHeadless ? `VGG${depth} headless` : `VGG${depth}`,
    path: `${family}/${family}_weights_tf_dim_ordering_tf_kernels${isHeadless ? '_notop' : ''}.h5`,
    architecture: `VGG${depth}`,
    numParameters,
    purpose: isHeadless ? 'textures' : 'fc2',
    pixelRange: PIXEL_RANGES['bgr-minus-means'],
    licence: 'CC-BY-4.0',
  });
}

export const KERAS_BASES: readonly BaseOffer[] = [
  ...(
    [
      ['0.5', 706_224, 'small'],
      ['0.75', 1_382_064, 'balanced'],
      ['1.0', 2_257_984, 'accurate'],
    ] as const
  ).map(mobileNetV2),
  ...(
    [
      ['0.5', 829_536, 'small'],
      ['0.75', 1_832_976, 'balanced'],
      ['1.0', 3_228_864, 'accurate'],
    ] as const
  ).map(mobileNetV1),
  vgg(16, 14_714_688, true),
  vgg(16, 138_357_544, false),
  vgg(19, 20_024_384, true),
  vgg(19, 143_667_240, false),
];
