import { findBaseByHash } from '../catalogue/bases.ts';
import { baseIdOf } from '../domain/baseIdOf.ts';
import type { BaseModel, BaseOffer } from '../domain/baseModel.ts';
import type { BaseSummary } from '../domain/baseSummary.ts';
import { GraftError } from '../domain/errors.ts';
import { PIXEL_RANGES } from '../domain/pixelRanges.ts';
import type { PixelRange } from '../domain/preprocessing.ts';
import { bodyOf, hashBody, isOpaque, type BaseBody } from '../engine/baseBody.ts';
import { inferShapes } from '../network/inferShapes.ts';
import type { OpenedBase } from '../network/openNetwork.ts';

/** For networks that take any size; what most of them were trained on. */
const DEFAULT_SIDE = 224;
/** Larger pictures would not fit into the memory of a browser. */
const MAX_SIDE = 4096;

/** As `engine/describeBody`, on whatever backend there is. */
export type DescribeBody = (body: BaseBody, inputShape: readonly number[]) => Promise<BaseSummary>;

/** Where a base's files came from, as it is told to others. */
export interface FilesOrigin {
  readonly name: string;
  readonly origin: BaseModel['origin'];
  readonly addresses: readonly string[];
  readonly sizeBytes: number;
}

/**
 * The base of the catalogue whose files these should be, with what was found in them. The hash is
 * compared where one is known; otherwise the layer graph, every tensor's shape (both by the loader), the
 * number of parameters, and that every value is a number. Errors: base-hash-mismatch {base}.
 */
export async function acceptOffer(
  offer: BaseOffer,
  opened: OpenedBase,
  sizeBytes: number,
  describe: DescribeBody,
): Promise<BaseModel> {
  const body = bodyOf(opened);
  // Reads every value, so that one that is not a number is found.
  const graphHash = await hashBody(body);
  const { layers, defaultCut } = await summarise(
    body,
    [offer.inputHeight, offer.inputWidth, 3],
    describe,
  );
  const isRight =
    offer.graphHash === null
      ? 'network' in opened &&
        opened.architecture === offer.architecture &&
        countParameters(layers) === offer.numParameters
      : graphHash === offer.graphHash;
  if (!isRight) {
    const message = `${offer.name} is not what it should be`;
    throw new GraftError('base-hash-mismatch', message, { base: offer.name, found: graphHash });
  }
  const found = { graphHash, sizeBytes, isSizeExact: true };
  return { ...offer, ...found, defaultCut: offer.defaultCut ?? defaultCut };
}

/** A base from files that nobody vouches for; one that the catalogue knows by its hash, as it is there. */
export async function baseFromFiles(
  opened: OpenedBase,
  { name, origin, addresses, sizeBytes }: FilesOrigin,
  describe: DescribeBody,
): Promise<BaseModel> {
  const body = bodyOf(opened);
  const graphHash = await hashBody(body);
  const known = findBaseByHash(graphHash);
  if (known !== undefined) return { ...known, addresses, format: opened.format, sizeBytes };
  const inputShape = pictureShapeOf(body);
  const [inputHeight, inputWidth, channels] = inputShape;
  const { layers, defaultCut } = await summarise(body, inputShape, describe);
  const { pixelRange } = opened;
  return {
    id: baseIdOf(graphHash),
    name,
    origin,
    format: opened.format,
    addresses,
    graphHash,
    isVerified: false,
    architecture: 'network' in opened ? opened.architecture : null,
    isOpaque: isOpaque(body),
    sizeBytes,
    isSizeExact: true,
    numParameters: countParameters(layers),
    inputHeight,
    inputWidth,
    pixelRange: pixelRange ?? guessPixelRange(channels),
    isPixelRangeGuessed: pixelRange === null,
    defaultCut,
    quality: 'unknown',
    purpose: null,
    licence: null,
    selfTestUrl: null,
  };
}

/** What a base is called whose files do not say; those of TF.js are all called the same. */
export function nameOfFiles(names: readonly string[]): string {
  const own =
    names.find((name) => !/^(model|metadata|weights|group\d|labels|preprocessing)/u.test(name)) ??
    names[0];
  return (own ?? '').replace(/(\.weights)?\.\w+$/u, '');
}

/** What pictures a network takes. Errors: base-invalid where that is no picture. */
export function pictureShapeOf(body: BaseBody): readonly [number, number, 1 | 3] {
  const shape = isOpaque(body) ? body.inputShape : (inferShapes(body)[0] ?? []);
  const [height, width, channels] = shape;
  if (shape.length !== 3 || (channels !== 1 && channels !== 3)) {
    const found = shape.map((size) => size ?? '?').join(' × ');
    const message = `The network takes ${found} values; a picture of 1 or 3 channels is needed`;
    throw new GraftError('base-invalid', message, { found });
  }
  const sides = [height ?? DEFAULT_SIDE, width ?? DEFAULT_SIDE] as const;
  if (Math.max(...sides) > MAX_SIDE) {
    throw new GraftError('base-invalid', `The network takes pictures of ${sides.join(' × ')}`);
  }
  return [...sides, channels];
}

/** What most networks take. */
function guessPixelRange(channels: 1 | 3): PixelRange {
  const colour = PIXEL_RANGES['signed-unit'];
  return channels === 3 ? colour : { ...colour, channelOrder: 'grey' };
}

async function summarise(body: BaseBody, inputShape: readonly number[], describe: DescribeBody) {
  const { layers, suggestedCuts } = await describe(body, inputShape);
  const suggested = suggestedCuts.find(({ isDefault }) => isDefault);
  if (suggested !== undefined) return { layers, defaultCut: suggested.cut };
  throw new GraftError('base-invalid', 'The network has no layer to cut it at');
}

function countParameters(layers: BaseSummary['layers']): number {
  return layers.reduce((sum, { numParameters }) => sum + numParameters, 0);
}
