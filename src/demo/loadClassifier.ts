import type { PreprocessingSpec } from '../domain/preprocessing.ts';
import { createPlan } from '../engine/plan.ts';
import { writeInput } from '../engine/preprocess.ts';
import { startProcessorBackend } from '../engine/startProcessorBackend.ts';
import { loadTfjsLayers, weightPathsOf } from '../network/loadTfjsLayers.ts';
import { carriedBackendUrl, carriedFile } from './carriedFiles.ts';
import { readCard, type CardFacts } from './readCard.ts';
import { readMetadata, readSpec } from './modelFiles.ts';

export interface Classifier {
  readonly modelName: string;
  readonly labels: readonly string[];
  readonly backend: 'wasm' | 'cpu';
  readonly spec: PreprocessingSpec;
  /** What the page says about the model, as somebody wrote it down; `null` where nobody did. */
  readonly card: CardFacts | null;
  /** [numClasses] probabilities of one picture, given as `spec` makes its pixels. */
  readonly classify: (pixels: Uint8ClampedArray) => Promise<Float32Array>;
}

/**
 * Loads the exported files beside the page and makes them ready to run, by the same code as the app.
 * Errors: those of the readers, and a plain error where a file is missing.
 */
export async function loadClassifier(folder: URL): Promise<Classifier> {
  const [modelJson, metadata, preprocessing] = await Promise.all(
    ['model.json', 'metadata.json', 'preprocessing.json'].map((name) => fetchText(name, folder)),
  );
  const { labels, modelName } = readMetadata(metadata ?? '');
  const spec = readSpec(preprocessing ?? '');
  const weights = await fetchWeights(modelJson ?? '', folder);
  const backend = await startProcessorBackend(carriedBackendUrl());
  const network = loadTfjsLayers({ modelJson: modelJson ?? '', weights });
  const plan = createPlan(network, [spec.inputHeight, spec.inputWidth, 3]);
  if (plan.outputSize !== labels.length) throw new Error('The labels do not fit the model.');
  const classify = (pixels: Uint8ClampedArray) => plan.run(inputOf(pixels, spec), 1);
  return { modelName, labels, backend, spec, card: await readOwnCard(folder), classify };
}

function inputOf(pixels: Uint8ClampedArray, spec: PreprocessingSpec): Float32Array {
  const values = new Float32Array(pixels.length);
  writeInput(pixels, spec, values, 0);
  return values;
}

async function fetchWeights(modelJson: string, folder: URL): Promise<ArrayBuffer> {
  const shards = await Promise.all(
    weightPathsOf(modelJson).map(async (path) => (await fetchFile(path, folder)).blob()),
  );
  return new Blob(shards).arrayBuffer();
}

async function fetchText(path: string, folder: URL): Promise<string> {
  return (await fetchFile(path, folder)).text();
}

/** The card is no part of the classifier: a page without one works. */
async function readOwnCard(folder: URL): Promise<CardFacts | null> {
  return fetchText('model_card.json', folder).then(readCard, () => null);
}

async function fetchFile(path: string, folder: URL): Promise<Response> {
  const carried = carriedFile(path);
  if (carried !== null) return new Response(carried);
  const response = await fetch(new URL(path, folder));
  if (!response.ok) throw new Error(`${path}: ${response.status} ${response.statusText}`);
  return response;
}
