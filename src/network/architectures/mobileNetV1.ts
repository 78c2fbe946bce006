import { PIXEL_RANGES } from '../../domain/pixelRanges.ts';
import type { Architecture } from './architecture.ts';
import { LayerChain } from './layerChain.ts';

export interface MobileNetV1Options {
  /** Width: channels of every layer in relation to the paper's. */
  readonly alpha: number;
  /** Size of the output; `null` for a file without the classifier. */
  readonly numClasses: number | null;
}

const EPSILON = 1e-3;

/** Channels and stride of the blocks after the first convolution. */
const BLOCKS = [
  [64, 1],
  [128, 2],
  [128, 1],
  [256, 2],
  [256, 1],
  [512, 2],
  [512, 1],
  [512, 1],
  [512, 1],
  [512, 1],
  [512, 1],
  [1024, 2],
  [1024, 1],
] as const;

/** Without the classifier, which is one too. */
export const MOBILENET_V1_CONVOLUTIONS = 1 + 2 * BLOCKS.length;

/** MobileNet (Howard et al., 2017) as keras-applications builds it, with its layer names. */
export function mobileNetV1({ alpha, numClasses }: MobileNetV1Options): Architecture {
  const channelsOf = (channels: number) => Math.trunc(channels * alpha);
  const chain = new LayerChain('input_1', [224, 224, 3]);
  chain.convolution('conv1', channelsOf(32), { kernelSize: 3, stride: 2 });
  addNormAndRelu(chain, 'conv1');
  for (const [index, [channels, stride]] of BLOCKS.entries()) {
    addBlock(chain, index + 1, channelsOf(channels), stride);
  }
  if (numClasses !== null) addClassifier(chain, numClasses);
  return {
    name: `MobileNet ${alpha}`,
    layers: chain.layers,
    pixelRange: PIXEL_RANGES['signed-unit'],
  };
}

function addBlock(chain: LayerChain, block: number, channels: number, stride: number): void {
  if (stride > 1) {
    chain.plain(`conv_pad_${block}`, { kind: 'zero-padding2d', padding: [0, 1, 0, 1] });
  }
  const padding = stride > 1 ? 'valid' : 'same';
  chain.depthwise(`conv_dw_${block}`, { kernelSize: 3, stride, padding });
  addNormAndRelu(chain, `conv_dw_${block}`);
  chain.convolution(`conv_pw_${block}`, channels, { kernelSize: 1 });
  addNormAndRelu(chain, `conv_pw_${block}`);
}

function addNormAndRelu(chain: LayerChain, name: string): void {
  chain.batchNorm(`${name}_bn`, EPSILON);
  chain.plain(`${name}_relu`, { kind: 'activation', activation: 'relu6' });
}

function addClassifier(chain: LayerChain, numClasses: number): void {
  chain.plain('global_average_pooling2d', { kind: 'global-average-pooling2d', keepDims: true });
  chain.plain('dropout', { kind: 'dropout' });
  chain.convolution('conv_preds', numClasses, { kernelSize: 1, hasBias: true });
  chain.plain('reshape_2', { kind: 'reshape', targetShape: [numClasses] });
  chain.plain('predictions', { kind: 'activation', activation: 'softmax' });
}
