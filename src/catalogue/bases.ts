import type { BaseModel, BaseOffer } from '../domain/baseModel.ts';
import type { BaseId, Sha256 } from '../domain/ids.ts';
import { PIXEL_RANGES } from '../domain/pixelRanges.ts';
import { KERAS_BASES } from './kerasBases.ts';

/** Ships with the app: works offline from the first second. */
export const STARTER_BASE: BaseModel = {
  id: 'starter' as BaseId,
  name: 'Starter',
  origin: 'bundled',
  format: 'tfjs-layers',
  addresses: ['bases/starter/model.json', 'bases/starter/weights.bin'],
  graphHash: 'b5395ba4e3af60fdf6aac96791910865e67f6fe76995cb1382135599ab0d9be3' as Sha256,
  isVerified: true,
  architecture: null,
  isOpaque: false,
  sizeBytes: 936_699,
  isSizeExact: true,
  numParameters: 410_208,
  inputHeight: 128,
  inputWidth: 128,
  pixelRange: PIXEL_RANGES['signed-unit'],
  isPixelRangeGuessed: false,
  // `out_relu` in MobileNetV2's canonical graph, its last layer.
  defaultCut: { positions: [154], pooling: 'global-average' },
  quality: 'coarse',
  purpose: 'start',
  licence: 'MIT',
  selfTestUrl: 'bases/starter/selftest.json',
};

const IMAGENET_IN_TFJS = {
  origin: 'catalogue',
  format: 'tfjs-layers',
  isVerified: true,
  architecture: null,
  isOpaque: false,
  isSizeExact: true,
  inputHeight: 224,
  inputWidth: 224,
  pixelRange: PIXEL_RANGES['signed-unit'],
  isPixelRangeGuessed: false,
  quality: 'good',
  purpose: 'small',
  licence: 'Apache-2.0',
  selfTestUrl: null,
} as const;

/** Trained on ImageNet by Google; the base of Teachable Machine's image projects. */
const MOBILENET_V2: BaseOffer = {
  ...IMAGENET_IN_TFJS,
  id: 'mobilenet-v2-0.35-224' as BaseId,
  name: 'MobileNetV2 0.35',
  addresses: [
    'https://storage.googleapis.com/teachable-machine-models/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.35_224_no_top/model.json',
  ],
  graphHash: '61688af4cb24408eed08a2236b595d8630375c6aecf1556692ad07ce47816eb1' as Sha256,
  sizeBytes: 1_739_692,
  numParameters: 410_208,
  defaultCut: { positions: [154], pooling: 'global-average' },
};

/** The same family's first generation, with its classifier, as TF.js' examples use it. */
const MOBILENET_V1: BaseOffer = {
  ...IMAGENET_IN_TFJS,
  id: 'mobilenet-v1-0.25-224' as BaseId,
  name: 'MobileNetV1 0.25',
  addresses: ['https://storage.googleapis.com/tfjs-models/tfjs/mobilenet_v1_0.25_224/model.json'],
  graphHash: 'a7284950501a72852a0e16a6f4e175573994e0dbcbf8bdc6a65ddb68c2b842a2' as Sha256,
  sizeBytes: 1_953_852,
  numParameters: 475_544,
  // `conv_pw_13_relu`, the last layer before the classifier.
  defaultCut: { positions: [81], pooling: 'global-average' },
};

/** What can be downloaded, the ones that suit most people first. */
export const CATALOGUE: readonly BaseOffer[] = [MOBILENET_V2, MOBILENET_V1, ...KERAS_BASES];

export function findOffer(id: BaseId): BaseOffer | undefined {
  return CATALOGUE.find((base) => base.id === id);
}

/** Known by what it computes, however its files are packed; `undefined` for a network of another origin. */
export function findBaseByHash(graphHash: Sha256): BaseModel | undefined {
  return [STARTER_BASE, ...CATALOGUE].find(
    (base): base is BaseModel => base.graphHash === graphHash && base.defaultCut !== null,
  );
}
