import { GraftError } from '../domain/errors.ts';
import {
  CHANNEL_ORDERS,
  FRAMINGS,
  numInputChannels,
  type Framing,
  type PixelRange,
} from '../domain/preprocessing.ts';
import { asList, asNumber, asRecord, type JsonRecord } from './jsonChecks.ts';
import type { RecognisedFile } from './recogniseFile.ts';

const FILE_NAME = 'preprocessing.json';

/**
 * What the `preprocessing.json` says that Graft puts beside a network of `numChannels` input channels;
 * `null` where there is none. Other programs write files of that name. Errors: base-invalid {file}.
 */
export function statedPixelRange(
  files: readonly RecognisedFile[],
  numChannels: number | null,
): PixelRange | null {
  const file = files.find(({ kind, source }) => kind === 'other-json' && source.name === FILE_NAME);
  if (file?.kind !== 'other-json' || file.json['spec'] === undefined) return null;
  return readPixelRange(
    asRecord(file.json['spec'], `spec in ${FILE_NAME}`),
    numChannels,
    FILE_NAME,
  );
}

/**
 * How its photos are framed, as it says; as Teachable Machine does where nothing is said.
 * Errors: base-invalid {file}, also where the file is no JSON.
 */
export function statedFraming(files: readonly RecognisedFile[]): Framing {
  const file = files.find(({ source }) => source.name === FILE_NAME);
  if (file === undefined) return 'centre-square';
  if (file.kind !== 'other-json') {
    throw new GraftError('base-invalid', `${FILE_NAME} is not JSON`, { file: FILE_NAME });
  }
  if (file.json['spec'] === undefined) return 'centre-square';
  const spec = asRecord(file.json['spec'], `spec in ${FILE_NAME}`);
  return spec['framing'] === undefined ? 'centre-square' : readFraming(spec, FILE_NAME);
}

/** Of an object in a file that Graft has written. Errors: base-invalid {file}. */
export function readPixelRange(
  spec: JsonRecord,
  numChannels: number | null,
  file: string,
): PixelRange {
  const channelOrder = CHANNEL_ORDERS.find((order) => order === spec['channelOrder']);
  if (channelOrder === undefined || numInputChannels({ channelOrder }) !== numChannels) {
    return refuse('channelOrder', file);
  }
  const numbersOf = (key: 'scale' | 'offset') => {
    const numbers = asList(spec[key], `${key} in ${file}`);
    if (numbers.length !== 1 && numbers.length !== numChannels) refuse(key, file);
    return numbers.map((each) => asNumber(each, `${key} in ${file}`));
  };
  return { channelOrder, scale: numbersOf('scale'), offset: numbersOf('offset') };
}

/** Of the same object. Errors: base-invalid {file}. */
export function readFraming({ framing }: JsonRecord, file: string): Framing {
  return FRAMINGS.find((known) => known === framing) ?? refuse('framing', file);
}

function refuse(key: string, file: string): never {
  throw new GraftError('base-invalid', `${key} in ${file} does not fit the network`, { file });
}
