import { GraftError } from '../domain/errors.ts';
import {
  CHANNEL_ORDERS,
  FRAMINGS,
  PREPROCESSING_VERSIONS,
  type PreprocessingSpec,
} from '../domain/preprocessing.ts';
import { asList, asNumber, asRecord, asSize, asText, parseJson } from '../network/jsonChecks.ts';

/** What the page shows of `metadata.json`. Errors: base-invalid, with the field named. */
export function readMetadata(json: string): {
  readonly modelName: string;
  readonly labels: readonly string[];
} {
  const metadata = parseJson(json, 'metadata.json');
  const labels = asList(metadata['labels'], 'labels').map((label) => asText(label, 'a label'));
  return { modelName: asText(metadata['modelName'], 'modelName'), labels };
}

/** How `preprocessing.json` says that pictures become input. Errors: base-invalid, with the field named. */
export function readSpec(json: string): PreprocessingSpec {
  const spec = asRecord(parseJson(json, 'preprocessing.json')['spec'], 'spec');
  const framing = FRAMINGS.find((each) => each === spec['framing']);
  const channelOrder = CHANNEL_ORDERS.find((each) => each === spec['channelOrder']);
  const version = PREPROCESSING_VERSIONS.find((each) => each === spec['version']);
  if (framing === undefined || channelOrder === undefined || version === undefined) {
    throw new GraftError('base-invalid', 'preprocessing.json is of another version');
  }
  return {
    version,
    inputHeight: asSize(spec['inputHeight'], 'inputHeight'),
    inputWidth: asSize(spec['inputWidth'], 'inputWidth'),
    framing,
    channelOrder,
    scale: asList(spec['scale'], 'scale').map((value) => asNumber(value, 'scale')),
    offset: asList(spec['offset'], 'offset').map((value) => asNumber(value, 'offset')),
  };
}
