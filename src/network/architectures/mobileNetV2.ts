import { PIXEL_RANGES } from '../../domain/pixelRanges.ts';
import type { Architecture, Origin } from './architecture.ts';
import { LayerChain } from './layerChain.ts';

export interface MobileNetV2Options {
  readonly origin: Origin;
  /** Width: channels of every layer in relation to the paper's. */
  readonly alpha: number;
  /** Size of the output; `null` for a file without the classifier. */
  readonly numClasses: number | null;
}

interface Block {
  readonly channels: number;
  readonly stride: number;
  readonly count: number;
}

/** Table 2 of the paper without its first and last convolution; the first block does not expand. */
const STAGES: readonly Block[] = [
  { channels: 16, stride: 1, count: 1 },
  { channels: 24, stride: 2, count: 2 },
  { channels: 32, stride: 2, count: 3 },
  { channels: 64, stride: 2, count: 4 },
  { channels: 96, stride: 1, count: 3 },
  { channels: 160, stride: 2, count: 3 },
  { channels: 320, stride: 1, count: 1 },
];

const EXPANSION = 6;
const LAST_CHANNELS = 1280;

/** The first block has two, and the first and the last convolution stand alone. */
export const MOBILENET_V2_CONVOLUTIONS = 1 + 3 * STAGES.reduce((sum, { count }) => sum + count, 0);

/** Widths with published weights. */
export const MOBILENET_V2_ALPHAS = [0.35, 0.5, 0.75, 1, 1.3, 1.4] as const;

/** Channels of the last block, which tell the width. */
export function lastBlockChannels(alpha: number): number {
  return divisibleChannels(320, alpha);
}

/** MobileNetV2 (Sandler et al., 2018), with the layer names of keras-applications. */
export function mobileNetV2({ origin, alpha, numClasses }: MobileNetV2Options): Architecture {
  const parts = new Parts(origin);
  const { chain } = parts;
  parts.window('Conv1', 2, (padding) => {
    const channels = divisibleChannels(32, alpha);
    chain.convolution('Conv1', channels, { kernelSize: 3, stride: 2, padding });
  });
  parts.normAndRelu('bn_Conv1', 'Conv1_relu');
  const blocks = STAGES.flatMap(({ channels, stride, count }) =>
    Array.from({ length: count }, (_, i) => ({ channels, stride: i === 0 ? stride : 1 })),
  );
  for (const [index, { channels, stride }] of blocks.entries()) {
    parts.block(index, divisibleChannels(channels, alpha), stride);
  }
  const last = alpha > 1 ? divisibleChannels(LAST_CHANNELS, alpha) : LAST_CHANNELS;
  chain.convolution('Conv_1', last, { kernelSize: 1 });
  parts.normAndRelu('Conv_1_bn', 'out_relu');
  if (numClasses !== null) {
    const pooling = { kind: 'global-average-pooling2d', keepDims: false } as const;
    chain.plain('global_average_pooling2d', pooling).dense('predictions', numClasses, 'softmax');
  }
  return {
    name: `MobileNetV2 ${alpha}`,
    layers: chain.layers,
    pixelRange:
      origin === 'keras' ? PIXEL_RANGES['signed-unit'] : PIXEL_RANGES['imagenet-standardised'],
  };
}

/** The pieces that the origin has a say in. */
class Parts {
  readonly chain = new LayerChain('input_1', [224, 224, 3]);
  readonly #origin: Origin;

  constructor(origin: Origin) {
    this.#origin = origin;
  }

  block(index: number, channels: number, stride: number): void {
    const { chain } = this;
    const prefix = index === 0 ? 'expanded_conv_' : `block_${index}_`;
    const start = { position: chain.position, channels: chain.channels };
    if (index > 0) {
      chain.convolution(`${prefix}expand`, start.channels * EXPANSION, { kernelSize: 1 });
      this.normAndRelu(`${prefix}expand_BN`, `${prefix}expand_relu`);
    }
    const depthwise = `${prefix}depthwise`;
    this.window(prefix, stride, (padding) => {
      chain.depthwise(depthwise, { kernelSize: 3, stride, padding });
    });
    this.normAndRelu(`${depthwise}_BN`, `${depthwise}_relu`);
    chain.convolution(`${prefix}project`, channels, { kernelSize: 1 });
    this.norm(`${prefix}project_BN`);
    if (stride === 1 && start.channels === channels) chain.add(`${prefix}add`, start.position);
  }

  /** A 3 × 3 window; where it is strided, the zeros around the picture come before it. */
  window(prefix: string, stride: number, add: (padding: 'same' | 'valid') => void): void {
    // keras-applications lets the first convolution pad by itself, to the same effect.
    if (stride === 1 || (this.#origin === 'keras' && prefix === 'Conv1')) {
      add('same');
      return;
    }
    const padding = this.#origin === 'keras' ? ([0, 1, 0, 1] as const) : ([1, 1, 1, 1] as const);
    const name = prefix.endsWith('_') ? `${prefix}pad` : `${prefix}_pad`;
    this.chain.plain(name, { kind: 'zero-padding2d', padding });
    add('valid');
  }

  norm(name: string): void {
    this.chain.batchNorm(name, this.#origin === 'keras' ? 1e-3 : 1e-5);
  }

  normAndRelu(normName: string, reluName: string): void {
    this.norm(normName);
    this.chain.plain(reluName, { kind: 'activation', activation: 'relu6' });
  }
}

/** Channels scaled by the width to a multiple of 8, never less than 90 % of what was asked for. */
function divisibleChannels(channels: number, alpha: number): number {
  const wanted = channels * alpha;
  const rounded = Math.max(8, Math.floor((wanted + 4) / 8) * 8);
  return rounded < 0.9 * wanted ? rounded + 8 : rounded;
}
