/** A network that is measured, cut where it is used as a base. */
export interface Subject {
  readonly id: string;
  readonly name: string;
  /** Addresses on the bench's own server; `null` stands for a VGG16 of the true shapes with made-up weights. */
  readonly files: readonly string[] | null;
  readonly cutLayer: string;
  readonly inputSide: number;
  /** The same network up to the same row, for LiteRT. */
  readonly tflite: string | null;
  /** A photo takes so long that a few have to do. */
  readonly isSlow: boolean;
}

const weights = (path: string) => `/assets/weights/${path}`;

const NO_TFLITE = { tflite: null, isSlow: false } as const;

export const MOBILENET_V2_SMALL: Subject = {
  id: 'mobilenet-v2-0.35-224',
  name: 'MobileNetV2 0.35',
  files: ['model.json', 'weights.bin'].map((name) => weights(`mobilenet_v2_0.35_224/${name}`)),
  cutLayer: 'out_relu',
  inputSide: 224,
  tflite: weights('mobilenet_v2_0.35_224_pooled_tflite/mobilenet_v2_0.35_224_pooled.tflite'),
  isSlow: false,
};

export const MOBILENET_V2_FULL: Subject = {
  ...NO_TFLITE,
  id: 'mobilenet-v2-1.0-224',
  name: 'MobileNetV2 1.0',
  files: [weights('mobilenet_v2_1.0_224/mobilenet_v2_1.0_224.h5')],
  cutLayer: 'out_relu',
  inputSide: 224,
};

export const SUBJECTS: readonly Subject[] = [
  {
    ...NO_TFLITE,
    id: 'starter',
    name: 'Starter',
    files: ['/bases/starter/model.json', '/bases/starter/weights.bin'],
    cutLayer: 'out_relu',
    inputSide: 128,
  },
  {
    ...NO_TFLITE,
    id: 'mobilenet-v1-0.25-224',
    name: 'MobileNetV1 0.25',
    files: ['model.json', 'weights.bin'].map((name) => weights(`mobilenet_v1_0.25_224/${name}`)),
    cutLayer: 'conv_pw_13_relu',
    inputSide: 224,
  },
  MOBILENET_V2_SMALL,
  MOBILENET_V2_FULL,
  {
    ...NO_TFLITE,
    id: 'mobilenet-v1-1.0-224',
    name: 'MobileNetV1 1.0',
    files: [weights('mobilenet_v1_1.0_224_notop/mobilenet_v1_1.0_224_notop.keras')],
    cutLayer: 'conv_pw_13_relu',
    inputSide: 224,
  },
  {
    id: 'vgg16',
    name: 'VGG16 to block5_pool',
    files: null,
    cutLayer: 'block5_pool',
    inputSide: 224,
    tflite: null,
    isSlow: true,
  },
];
