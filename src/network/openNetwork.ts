import { GraftError } from '../domain/errors.ts';
import { recogniseNetwork } from './architectures/recogniseNetwork.ts';
import { joinedSource, type ByteSource } from './byteSource.ts';
import { asRecord, type JsonRecord } from './jsonChecks.ts';
import { isTeachableMachineMetadata, loadTeachableMachine } from './loadTeachableMachine.ts';
import { loadTfjsLayers, weightPathsOf } from './loadTfjsLayers.ts';
import type { HeadExport } from './headExport/headExport.ts';
import type { OpenedGraph, OpenedNetwork } from './openedNetwork.ts';
import { inferShapes } from './inferShapes.ts';
import { graphWithCompanions, isCompanion, withCompanions } from './kerasClassifier.ts';
import { carriedFiles } from './pageSource.ts';
import { recogniseFile, type RecognisedFile, type TfjsModelFile } from './recogniseFile.ts';
import { loadKerasH5, loadKerasJsonH5 } from './loadKerasH5.ts';
import { statedPixelRange } from './statedPixelRange.ts';
import { isZip, listZip, openZipped } from './zipSource.ts';

/** A base from files: as layers, or as a graph that can only run as it is. */
export type OpenedBase = OpenedNetwork | OpenedGraph;

/** A base, or what training has made on one that is not in the files. */
export type OpenedFiles = OpenedBase | HeadExport;

const MODEL_KINDS: readonly string[] = [
  'tfjs-model',
  'hdf5',
  'safetensors',
  'tflite',
  'onnx',
  'zip',
  'page',
];

type ModelFile = Exclude<
  RecognisedFile,
  { readonly kind: 'keras-topology' | 'other-json' | 'unknown' }
>;

/**
 * Opens a base from whatever files were given, as `openModelFiles` does. Errors: those, and
 * head-without-base {file, base}.
 */
export async function openNetwork(files: readonly ByteSource[]): Promise<OpenedBase> {
  const opened = await openModelFiles(files);
  if (isHead(opened)) throw headWithoutBase(opened);
  return opened;
}

export function headWithoutBase({ fileName: file, base }: HeadExport): GraftError {
  const message = `${file} has what was trained on ${base.name}, not that base`;
  return new GraftError('head-without-base', message, { file, base: base.name });
}

export function isHead(opened: OpenedFiles): opened is HeadExport {
  return 'kind' in opened && opened.kind === 'head-export';
}

/**
 * Opens whatever files were given, knowing them by their contents: one model with the files that belong
 * to it. Files that belong to no model are left alone. Weights of a base are read from the files when
 * they are asked for, so the files have to stay.
 * Errors: base-invalid, unsupported-layer, architecture-missing {file}.
 */
export async function openModelFiles(files: readonly ByteSource[]): Promise<OpenedFiles> {
  const recognised = files.map(recogniseFile);
  const [model, second] = recognised.filter(isModel);
  if (model === undefined) return refuseAll(files);
  if (second !== undefined) {
    const names = `${model.source.name}, ${second.source.name}`;
    throw new GraftError('base-invalid', `There are several models: ${names}`, { file: names });
  }
  try {
    return await openModel(model, recognised);
  } catch (thrown) {
    throw namingFile(thrown, model.source.name);
  }
}

/** What the base at the start is not in is loaded when it is needed. */
async function openModel(model: ModelFile, files: readonly RecognisedFile[]): Promise<OpenedFiles> {
  if (model.kind === 'tfjs-model') return openTfjs(model, files);
  if (model.kind === 'page') return openPage(model.source);
  if (model.kind === 'hdf5') return withCompanions(await openHdf5(model.source, files), files);
  if (model.kind === 'tflite') return openTflite(model.source, files);
  if (model.kind === 'onnx') {
    const { loadOnnx } = await import('./loadOnnx.ts');
    return withCompanions(loadOnnx(model.source), files);
  }
  if (model.kind === 'zip') return openZip(model.source, files);
  return openSafetensors(model.source, files);
}

async function openSafetensors(source: ByteSource, files: readonly RecognisedFile[]) {
  const { isHeadExport, readHeadExport } = await import('./headExport/headExport.ts');
  if (isHeadExport(source)) return readHeadExport(source, files);
  return (await import('./loadSafetensors.ts')).loadSafetensors(source);
}

/** With the class names that it carries itself, where no others lie beside it. */
async function openTflite(source: ByteSource, files: readonly RecognisedFile[]) {
  const { loadTflite, labelsBehind } = await import('./tflite/loadTflite.ts');
  const inside = await labelsBehind(source);
  return withCompanions(loadTflite(source), [...files, ...inside.map(recogniseFile)]);
}

/** What refuses a layer does not know which file it is in. */
function namingFile(thrown: unknown, file: string): unknown {
  if (!(thrown instanceof GraftError) || 'file' in thrown.details) return thrown;
  return new GraftError(thrown.code, thrown.message, { ...thrown.details, file });
}

/** With its topology beside it, as in a `.keras` file, or in it. */
async function openHdf5(weights: ByteSource, files: readonly RecognisedFile[]) {
  const topology = files.find((file) => file.kind === 'keras-topology');
  if (topology === undefined) return loadKerasH5(weights);
  const { json } = topology;
  return loadKerasJsonH5(asRecord(json['modelTopology'] ?? json, 'modelTopology'), weights);
}

function isModel(file: RecognisedFile): file is ModelFile {
  return MODEL_KINDS.includes(file.kind);
}

async function openTfjs(
  { text: modelJson, json }: TfjsModelFile,
  files: readonly RecognisedFile[],
): Promise<OpenedBase> {
  const weights = joinedSource('the weights', shardsOf(modelJson, files));
  if (isGraphModel(json)) {
    const { loadGraphModel } = await import('./loadGraphModel.ts');
    const opened = loadGraphModel({ modelJson, weights });
    return 'network' in opened ? withCompanions(opened, files) : graphWithCompanions(opened, files);
  }
  for (const file of files) {
    if (file.kind !== 'other-json' || !isTeachableMachineMetadata(file.json)) continue;
    const preprocessing = files.find((other) => other.source.name === 'preprocessing.json');
    const isJson = preprocessing?.kind === 'other-json';
    return loadTeachableMachine({
      modelJson,
      weights,
      metadataJson: file.text,
      ...(isJson && { preprocessingJson: preprocessing.text }),
    });
  }
  const network = loadTfjsLayers({ modelJson, weights });
  const { name = null, pixelRange = null } = recogniseNetwork(network) ?? {};
  const numChannels = inferShapes(network)[0]?.at(-1) ?? null;
  return {
    network,
    format: 'tfjs-layers',
    architecture: name,
    pixelRange: statedPixelRange(files, numChannels) ?? pixelRange,
    classNames: null,
  };
}

function isGraphModel(json: JsonRecord): boolean {
  if (json['format'] === 'graph-model') return true;
  return Array.isArray(asRecord(json['modelTopology'], 'modelTopology')['node']);
}

/** The weight files in the manifest's order; the folders that it names are not looked at. */
function shardsOf(modelJson: string, files: readonly RecognisedFile[]): ByteSource[] {
  return weightPathsOf(modelJson).map((path) => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const shard = files.find(({ source }) => source.name === name);
    if (shard !== undefined) return shard.source;
    const message = `The weight file ${name}, which model.json names, is missing`;
    throw new GraftError('base-invalid', message, { file: name });
  });
}

/** Our one-page export. Of what it carries only a TF.js model is looked at, so nothing unfolds without end. */
function openPage(page: ByteSource) {
  const files = carriedFiles(page).map(recogniseFile);
  const model = files.find((file) => file.kind === 'tfjs-model');
  if (model !== undefined) return openTfjs(model, files);
  throw new GraftError('base-invalid', `There is no model in ${page.name}`, { file: page.name });
}

/**
 * A zip of any files that can be opened. Zips in it are left alone but for `.keras` files, in which
 * there are none: what lies beside one of those belongs to it.
 */
async function openZip(
  zip: ByteSource,
  companions: readonly RecognisedFile[],
): Promise<OpenedFiles> {
  const isKeras = isKerasZip(zip);
  const files: ByteSource[] = [];
  for (const entry of listZip(zip)) {
    if (isClutter(entry.path)) continue;
    const file = await openZipped(zip, entry);
    if (!isZip(file) || (!isKeras && isKerasZip(file))) files.push(file);
  }
  if (isKeras) files.push(...companions.filter(isCompanion).map(({ source }) => source));
  if (files.length === 0)
    throw new GraftError('base-invalid', `There is no model in ${zip.name}`, { file: zip.name });
  return openModelFiles(files);
}

function isKerasZip(zip: ByteSource): boolean {
  const paths = listZip(zip).map(({ path }) => path);
  return paths.includes('config.json') && paths.includes('model.weights.h5');
}

/** What macOS adds to zips: it has the names of the real files. */
function isClutter(path: string): boolean {
  return path.startsWith('__MACOSX/') || path.endsWith('.DS_Store');
}

const MAX_NAMES = 5;

function refuseAll(files: readonly ByteSource[]): never {
  const names = files.map(({ name }) => name);
  const shown = names.slice(0, MAX_NAMES).join(', ') + (names.length > MAX_NAMES ? ', …' : '');
  const message = `There is no model that is known among these files: ${shown}`;
  throw new GraftError('base-invalid', message, { file: shown });
}
