import type { PreprocessingSpec } from '../domain/preprocessing.ts';
import { startProcessorBackend } from '../engine/startProcessorBackend.ts';
import { loadTfjsLayers, weightPathsOf } from '../network/loadTfjsLayers.ts';
import { carriedBackendUrl, carriedFile } from './carriedFiles.ts';
import { readCard, type CardFacts } from './readCard.ts';
import { readMetadata, readSpec } from './modelFiles.ts';
import { startNetwork, type StartedNetwork } from './startNetwork.ts';

export interface Classifier {
  readonly modelName: string;
  readonly labels: readonly string[];
  readonly backend: 'wasm' | 'cpu';
  readonly spec: PreprocessingSpec;
  /** What the page says about the model, as somebody wrote it down; `null` where nobody did. */
  readonly card: CardFacts | null;
  readonly classify: StartedNetwork['classify'];
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
  const { numClasses, classify } = startNetwork(network, spec);
  if (numClasses !== labels.length) throw new Error('The labels do not fit the model.');
  return { modelName, labels, backend, spec, card: await readOwnCard(folder), classify };
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
