import { GraftError } from '../domain/errors.ts';
import {
  CHANNEL_ORDERS,
  FRAMINGS,
  numInputChannels,
  type Framing,
  type PixelRange,
} from '../domain/preprocessing.ts';
import { asList, asNumber, asRecord } from './jsonChecks.ts';
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
  const spec = asRecord(file.json['spec'], `spec in ${FILE_NAME}`);
  const channelOrder = CHANNEL_ORDERS.find((order) => order === spec['channelOrder']);
  if (channelOrder === undefined || numInputChannels({ channelOrder }) !== numChannels) {
    return refuse('channelOrder');
  }
  const numbersOf = (key: 'scale' | 'offset') => {
    const numbers = asList(spec[key], `${key} in ${FILE_NAME}`);
    if (numbers.length !== 1 && numbers.length !== numChannels) refuse(key);
    return numbers.map((each) => asNumber(each, `${key} in ${FILE_NAME}`));
  };
  return { channelOrder, scale: numbersOf('scale'), offset: numbersOf('offset') };
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
  const { framing = 'centre-square' } = asRecord(file.json['spec'], `spec in ${FILE_NAME}`);
  return FRAMINGS.find((known) => known === framing) ?? refuse('framing');
}

function refuse(key: string): never {
  const message = `${key} in ${FILE_NAME} does not fit the network`;
  throw new GraftError('base-invalid', message, { file: FILE_NAME });
}
