import { BASE_PURPOSES, NETWORK_FORMATS, type BaseModel } from '../domain/baseModel.ts';
import { CUT_POOLINGS, type Cut } from '../domain/cut.ts';
import type { BaseId, Sha256 } from '../domain/ids.ts';
import { CHANNEL_ORDERS, type PixelRange } from '../domain/preprocessing.ts';

type Json = Readonly<Record<string, unknown>>;

/** The entries of an index that can be used; an index of another version of the app may have others. */
export function readBundledBases(index: unknown): readonly BaseModel[] {
  if (!Array.isArray(index)) return [];
  return index.flatMap((entry) => readEntry(entry) ?? []);
}

function readEntry(value: unknown): BaseModel | null {
  if (!isRecord(value)) return null;
  const { id, name, addresses, graphHash, licence, architecture } = value;
  const { sizeBytes, numParameters, inputHeight, inputWidth } = value;
  const format = NETWORK_FORMATS.find((each) => each === value['format']);
  const pixelRange = readPixelRange(value['pixelRange']);
  const defaultCut = readCut(value['defaultCut']);
  if (!isText(id) || !isText(name) || !isListOf(addresses, isOwnPath) || !isText(graphHash))
    return null;
  if (format === undefined || pixelRange === null || defaultCut === null) return null;
  if (!isCount(sizeBytes) || !isCount(numParameters)) return null;
  if (!isCount(inputHeight) || !isCount(inputWidth)) return null;
  return {
    id: id as BaseId,
    name,
    origin: 'bundled',
    format,
    addresses,
    graphHash: graphHash as Sha256,
    isVerified: value['isVerified'] === true,
    architecture: isText(architecture) ? architecture : null,
    isOpaque: value['isOpaque'] === true,
    sizeBytes,
    isSizeExact: true,
    numParameters,
    inputHeight,
    inputWidth,
    pixelRange,
    isPixelRangeGuessed: value['isPixelRangeGuessed'] === true,
    defaultCut,
    quality: value['quality'] === 'good' ? 'good' : 'unknown',
    purpose: BASE_PURPOSES.find((each) => each === value['purpose']) ?? null,
    licence: isText(licence) ? licence : null,
    selfTestUrl: null,
  };
}

function readPixelRange(value: unknown): PixelRange | null {
  if (!isRecord(value)) return null;
  const { scale, offset } = value;
  const channelOrder = CHANNEL_ORDERS.find((each) => each === value['channelOrder']);
  if (channelOrder === undefined || !isListOf(scale, isNumber) || !isListOf(offset, isNumber)) {
    return null;
  }
  return { channelOrder, scale, offset };
}

function readCut(value: unknown): Cut | null {
  if (!isRecord(value)) return null;
  const { positions } = value;
  const pooling = CUT_POOLINGS.find((each) => each === value['pooling']);
  if (pooling === undefined || !isListOf(positions, isCount)) return null;
  return { positions, pooling };
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}

function isListOf<Item>(
  value: unknown,
  isItem: (item: unknown) => item is Item,
): value is readonly Item[] {
  return Array.isArray(value) && value.length > 0 && value.every(isItem);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** Beside the index, and nowhere else. */
function isOwnPath(value: unknown): value is string {
  return isText(value) && value.startsWith('bases/') && !value.includes('..');
}

function isNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
