import type { ByteSource } from './byteSource.ts';
import { isHdf5 } from './hdf5/hdf5File.ts';
import { isTooDeep, type JsonRecord } from './jsonChecks.ts';
import { isOnnx } from './onnx/isOnnx.ts';
import { isCarryingPage } from './pageSource.ts';
import { isSafetensors } from './safetensors/header.ts';
import { isTflite } from './tflite/identifier.ts';
import { isZip } from './zipSource.ts';

interface JsonFile<Kind> {
  readonly kind: Kind;
  readonly source: ByteSource;
  readonly text: string;
  readonly json: JsonRecord;
}

/** A `model.json` that names its weight files. */
export type TfjsModelFile = JsonFile<'tfjs-model'>;

/** What a file is, by its contents. */
export type RecognisedFile =
  | TfjsModelFile
  | JsonFile<'keras-topology'>
  | JsonFile<'other-json'>
  | {
      readonly kind: 'zip' | 'hdf5' | 'safetensors' | 'tflite' | 'onnx' | 'page' | 'unknown';
      readonly source: ByteSource;
    };

/** The JSON of the largest networks has a few MB. */
const MAX_JSON_BYTES = 64e6;

export function recogniseFile(source: ByteSource): RecognisedFile {
  if (isZip(source)) return { kind: 'zip', source };
  if (isTflite(source)) return { kind: 'tflite', source };
  if (isHdf5(source)) return { kind: 'hdf5', source };
  if (isSafetensors(source)) return { kind: 'safetensors', source };
  if (isCarryingPage(source)) return { kind: 'page', source };
  if (isOnnx(source)) return { kind: 'onnx', source };
  return recogniseJson(source) ?? { kind: 'unknown', source };
}

function recogniseJson(source: ByteSource): RecognisedFile | null {
  if (source.size < 2 || source.size > MAX_JSON_BYTES) return null;
  const start = new TextDecoder().decode(source.read(0, Math.min(source.size, 64)));
  if (!start.trimStart().startsWith('{')) return null;
  const text = new TextDecoder().decode(source.read(0, source.size));
  const json = parseRecord(text);
  if (json === null) return null;
  const parts = { source, text, json };
  if (isTfjsModel(json)) return { kind: 'tfjs-model', ...parts };
  return { kind: isKerasTopology(json) ? 'keras-topology' : 'other-json', ...parts };
}

function parseRecord(text: string): JsonRecord | null {
  if (isTooDeep(text)) return null;
  try {
    return JSON.parse(text) as JsonRecord;
  } catch {
    return null;
  }
}

function isTfjsModel(json: JsonRecord): boolean {
  return json['modelTopology'] !== undefined && json['weightsManifest'] !== undefined;
}

/** What Keras' `model.to_json()` gives, or a `model.json` whose weights are elsewhere. */
function isKerasTopology(json: JsonRecord): boolean {
  const isModel = json['class_name'] !== undefined && json['config'] !== undefined;
  return isModel || json['modelTopology'] !== undefined;
}
