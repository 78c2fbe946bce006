import { findBaseByHash } from '../catalogue/bases.ts';
import type { BaseModel, BaseOffer } from '../domain/baseModel.ts';
import { GraftError } from '../domain/errors.ts';
import type { BaseId, Sha256 } from '../domain/ids.ts';
import type { PixelRange } from '../domain/preprocessing.ts';
import { graphHash } from '../network/graphHash.ts';
import { inferShapes } from '../network/inferShapes.ts';
import type { Network } from '../network/network.ts';
import type { OpenedNetwork } from '../network/openedNetwork.ts';
import { suggestCuts } from '../network/suggestCuts.ts';

/** For networks that take any size; what most of them were trained on. */
const DEFAULT_SIDE = 224;
/** Larger pictures would not fit into the memory of a browser. */
const MAX_SIDE = 4096;

/** What most networks for colour pictures take. */
const GUESSED_SCALE = { scale: [1 / 127.5], offset: [-1] };

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
  opened: OpenedNetwork,
  sizeBytes: number,
): Promise<BaseModel> {
  // Reads every value, so that one that is not a number is found.
  const found = await graphHash(opened.network);
  const isRight =
    offer.graphHash === null
      ? opened.architecture === offer.architecture &&
        countParameters(opened.network) === offer.numParameters
      : found === offer.graphHash;
  if (!isRight) {
    const message = `${offer.name} is not what it should be`;
    throw new GraftError('base-hash-mismatch', message, { base: offer.name, found });
  }
  const inputShape = [offer.inputHeight, offer.inputWidth, 3];
  const defaultCut = offer.defaultCut ?? defaultCutOf(opened.network, inputShape);
  return { ...offer, graphHash: found, defaultCut, sizeBytes, isSizeExact: true };
}

/** A base from files that nobody vouches for; one that the catalogue knows by its hash, as it is there. */
export async function baseFromFiles(
  opened: OpenedNetwork,
  { name, origin, addresses, sizeBytes }: FilesOrigin,
): Promise<BaseModel> {
  const { network, format, architecture, pixelRange } = opened;
  const hash = await graphHash(network);
  const known = findBaseByHash(hash);
  if (known !== undefined) return { ...known, addresses, format, sizeBytes };
  const [inputHeight, inputWidth, channels] = inputShapeOf(network);
  return {
    id: importedId(hash),
    name,
    origin,
    format,
    addresses,
    graphHash: hash,
    isVerified: false,
    architecture,
    isOpaque: false,
    sizeBytes,
    isSizeExact: true,
    numParameters: countParameters(network),
    inputHeight,
    inputWidth,
    pixelRange: pixelRange ?? guessPixelRange(channels),
    isPixelRangeGuessed: pixelRange === null,
    defaultCut: defaultCutOf(network, [inputHeight, inputWidth, channels]),
    quality: 'unknown',
    purpose: null,
    licence: null,
    selfTestUrl: null,
  };
}

/** The same network gets the same id on every machine, so that projects find it. */
function importedId(hash: Sha256): BaseId {
  return `imported-${hash.slice(0, 16)}` as BaseId;
}

function inputShapeOf(network: Network): readonly [number, number, number] {
  const [shape = []] = inferShapes(network);
  const [height, width, channels] = shape;
  if (shape.length !== 3 || (channels !== 1 && channels !== 3)) {
    const message = `The network takes ${shape.join(' × ')} values; a picture of 1 or 3 channels is needed`;
    throw new GraftError('base-invalid', message, { layer: network.layers[0]?.name ?? '' });
  }
  const sides = [height ?? DEFAULT_SIDE, width ?? DEFAULT_SIDE] as const;
  if (Math.max(...sides) > MAX_SIDE) {
    throw new GraftError('base-invalid', `The network takes pictures of ${sides.join(' × ')}`);
  }
  return [...sides, channels];
}

function guessPixelRange(channels: number): PixelRange {
  return { channelOrder: channels === 1 ? 'grey' : 'rgb', ...GUESSED_SCALE };
}

function defaultCutOf(network: Network, inputShape: readonly number[]): BaseModel['defaultCut'] {
  const chosen = suggestCuts(network, inputShape).find(({ isDefault }) => isDefault);
  if (chosen === undefined) throw new GraftError('base-invalid', 'The network has no layers');
  return chosen.cut;
}

function countParameters({ layers }: Network): number {
  return layers
    .flatMap(({ tensors }) => Object.values(tensors))
    .map(({ shape }) => shape.reduce((product, size) => product * size, 1))
    .reduce((sum, size) => sum + size, 0);
}
