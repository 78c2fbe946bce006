import type { BaseModel, BaseOffer } from '../../domain/baseModel.ts';
import type { BaseSummary } from '../../domain/baseSummary.ts';
import type { BaseId, Sha256 } from '../../domain/ids.ts';
import type { BaseAvailability, KnownBase } from '../../state/appState.ts';

/** Five layers: input, two pictures, a row and the classifier. */
export const EXAMPLE_SUMMARY: BaseSummary = {
  layers: [
    ['input', 'input', [32, 32, 3], 0],
    ['conv1', 'conv2d', [16, 16, 8], 216],
    ['conv2', 'conv2d', [8, 8, 16], 1152],
    ['fc', 'dense', [64], 65_600],
    ['predictions', 'dense', [10], 650],
  ].map(([name, kind, outputShape, numParameters], position) => ({
    position,
    name: name as string,
    kind: kind as string,
    outputShape: outputShape as number[],
    numParameters: numParameters as number,
    inputs: position === 0 ? [] : [position - 1],
  })),
  suggestedCuts: [
    {
      cut: { positions: [2], pooling: 'global-average' },
      reason: 'last-picture',
      isDefault: false,
    },
    { cut: { positions: [3], pooling: 'none' }, reason: 'row', isDefault: true },
  ],
};

export const EXAMPLE_BASE: BaseModel = {
  id: 'starter' as BaseId,
  name: 'Starter',
  origin: 'bundled',
  format: 'tfjs-layers',
  addresses: [],
  graphHash: '0' as Sha256,
  isVerified: true,
  architecture: null,
  isOpaque: false,
  sizeBytes: 936_699,
  isSizeExact: true,
  numParameters: 67_618,
  inputHeight: 32,
  inputWidth: 32,
  pixelRange: { channelOrder: 'rgb', scale: [1 / 127.5], offset: [-1] },
  isPixelRangeGuessed: false,
  defaultCut: { positions: [3], pooling: 'none' },
  quality: 'coarse',
  purpose: 'start',
  licence: 'MIT',
  selfTestUrl: null,
};

export function readyBase(base: Partial<BaseModel>, storedBytes: number | null): KnownBase {
  const model = { ...EXAMPLE_BASE, ...base };
  return { base: model, model, availability: { status: 'ready', storedBytes } };
}

export function offeredBase(
  base: Partial<BaseOffer>,
  availability: BaseAvailability = { status: 'not-stored', bytesKept: 0 },
): KnownBase {
  const offer = { ...EXAMPLE_BASE, origin: 'catalogue', purpose: 'small', ...base } as const;
  return { base: offer, model: null, availability };
}
