import { numInputChannels, type PreprocessingSpec } from '../domain/preprocessing.ts';
import { jsonFile, type ExportedFile } from './exportedFile.ts';
import { teachableMachineRange } from './teachableMachineInput.ts';

/**
 * `preprocessing.json`: all that someone needs to know to feed the exported model.
 * `spec` is what the demo page and other programs compute with, the rest says it in words.
 */
export function preprocessingFile(preprocessing: PreprocessingSpec): ExportedFile {
  const { inputHeight, inputWidth, framing, channelOrder, scale, offset } = preprocessing;
  return jsonFile('preprocessing.json', {
    formatVersion: 1,
    spec: { ...preprocessing, ...teachableMachineRange(preprocessing) },
    input: {
      shape: [null, inputHeight, inputWidth, numInputChannels(preprocessing)],
      order: `batch, height, width, channels (${channelOrder === 'grey' ? 'grey' : 'red, green, blue'})`,
      values: 'x / 127 - 1 of each 8-bit value x, as Teachable Machine does',
    },
    steps: [
      'Decode; turn upright by EXIF orientation; sRGB; first frame of an animation.',
      'Lay transparent parts on white.',
      FRAMING_STEPS[framing],
      RESAMPLING_STEP,
      'x / 127 - 1.',
    ],
    insideTheModel: {
      layer: 'input_range',
      does: 'turns x / 127 - 1 into x * scale + offset, the range of the pretrained base',
      channelOrder,
      scale,
      offset,
    },
  });
}

const FRAMING_STEPS: Readonly<Record<PreprocessingSpec['framing'], string>> = {
  'centre-square': 'Cut out the largest centred rectangle of the input’s proportions.',
  padded: 'Fit the whole photo into the input and fill the rest with white.',
  stretched: 'Stretch the whole photo to the input’s proportions.',
};

const RESAMPLING_STEP =
  'Resample to the input size with an antialiased triangle filter, rounded to 8 bits: ' +
  'the same bytes as Pillow’s Image.resize(size, Image.Resampling.BILINEAR).';
