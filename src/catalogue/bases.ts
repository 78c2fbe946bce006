import type { BaseModel } from '../domain/baseModel.ts';
import type { Cut } from '../domain/cut.ts';
import type { BaseId, Sha256 } from '../domain/ids.ts';
import type { PixelRange } from '../domain/preprocessing.ts';

/** 8-bit pixels enter as x / 127.5 - 1. */
const SIGNED_UNIT_RANGE: PixelRange = { channelOrder: 'rgb', scale: [1 / 127.5], offset: [-1] };

/** `out_relu` in MobileNetV2's canonical graph, its last layer. */
const MOBILENET_V2_OUTPUT: Cut = { positions: [154], pooling: 'global-average' };

/** Ships with the app: works offline from the first second. */
export const STARTER_BASE: BaseModel = {
  id: 'starter' as BaseId,
  name: 'Starter',
  format: 'tfjs-layers',
  url: 'bases/starter/model.json',
  isBundled: true,
  graphHash: 'b5395ba4e3af60fdf6aac96791910865e67f6fe76995cb1382135599ab0d9be3' as Sha256,
  sizeBytes: 936_699,
  inputHeight: 128,
  inputWidth: 128,
  pixelRange: SIGNED_UNIT_RANGE,
  defaultCut: MOBILENET_V2_OUTPUT,
  quality: 'coarse',
  licence: 'MIT',
  selfTestUrl: 'bases/starter/selftest.json',
};

/** Trained on ImageNet by Google; the base of Teachable Machine's image projects. */
const MOBILENET_V2: BaseModel = {
  id: 'mobilenet-v2-0.35-224' as BaseId,
  name: 'MobileNetV2 0.35',
  format: 'tfjs-layers',
  url: 'https://storage.googleapis.com/teachable-machine-models/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.35_224_no_top/model.json',
  isBundled: false,
  graphHash: '61688af4cb24408eed08a2236b595d8630375c6aecf1556692ad07ce47816eb1' as Sha256,
  sizeBytes: 1_739_692,
  inputHeight: 224,
  inputWidth: 224,
  pixelRange: SIGNED_UNIT_RANGE,
  defaultCut: MOBILENET_V2_OUTPUT,
  quality: 'good',
  licence: 'Apache-2.0',
  selfTestUrl: null,
};

/** The bases that the app knows, the bundled one first. */
export const BASES: readonly BaseModel[] = [STARTER_BASE, MOBILENET_V2];

export function findBase(id: BaseId): BaseModel | undefined {
  return BASES.find((base) => base.id === id);
}
