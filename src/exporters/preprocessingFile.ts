import { numInputChannels, type PreprocessingSpec } from '../domain/preprocessing.ts';
import { jsonFile, type ExportedFile } from './exportedFile.ts';
import { teachableMachineRange } from './teachableMachineInput.ts';

/**
 * `preprocessing.json`: all that someone needs to know to feed the exported model, which takes what
 * Teachable Machine gives. `spec` is what the demo page and other programs compute with, the rest says
 * it in words.
 */
export function preprocessingFile(preprocessing: PreprocessingSpec): ExportedFile {
  const { channelOrder, scale, offset } = preprocessing;
  const spec = { ...preprocessing, ...teachableMachineRange(preprocessing) };
  return jsonFile('preprocessing.json', {
    ...describe(spec, 'x / 127 - 1 of each 8-bit value x, as Teachable Machine does'),
    insideTheModel: {
      layer: 'input_range',
      does: 'turns x / 127 - 1 into x * scale + offset, the range of the pretrained base',
      channelOrder,
      scale,
      offset,
    },
  });
}

/** The same for a model that takes pixels as they are, see `withPixelInput`. */
export function pixelInputFile(preprocessing: PreprocessingSpec): ExportedFile {
  const spec = { ...preprocessing, channelOrder: 'rgb', scale: [1], offset: [0] } as const;
  return jsonFile('preprocessing.json', describe(spec, 'each 8-bit value, 0 to 255, as it is'));
}

/** The same for a model that takes pixels in the range of its own base. */
export function ownRangeFile(preprocessing: PreprocessingSpec): ExportedFile {
  const values = 'x * scale + offset of each 8-bit value x; one scale and offset, or one a channel';
  return jsonFile('preprocessing.json', describe(preprocessing, values));
}

const CHANNELS: Readonly<Record<PreprocessingSpec['channelOrder'], string>> = {
  rgb: 'red, green, blue',
  bgr: 'blue, green, red',
  grey: 'grey',
};

function describe(spec: PreprocessingSpec, values: string) {
  const { inputHeight, inputWidth, framing, channelOrder } = spec;
  return {
    formatVersion: 1,
    spec,
    input: {
      shape: [null, inputHeight, inputWidth, numInputChannels(spec)],
      order: `batch, height, width, channels (${CHANNELS[channelOrder]})`,
      values,
    },
    steps: [
      'Decode; turn upright by EXIF orientation; sRGB; first frame of an animation.',
      'Lay transparent parts on white.',
      FRAMING_STEPS[framing],
      RESAMPLING_STEP,
      `${values}.`,
    ],
  };
}

const FRAMING_STEPS: Readonly<Record<PreprocessingSpec['framing'], string>> = {
  'centre-square': 'Cut out the largest centred rectangle of the input’s proportions.',
  padded: 'Fit the whole photo into the input and fill the rest with white.',
  stretched: 'Stretch the whole photo to the input’s proportions.',
};

const RESAMPLING_STEP =
  'Resample to the input size with an antialiased triangle filter, rounded to 8 bits: ' +
  'the same bytes as Pillow’s Image.resize(size, Image.Resampling.BILINEAR).';
