import type { ExportMethods } from '../bridge/exportMethods.ts';
import type { HandlerContext } from '../bridge/serve.ts';
import { GraftError } from '../domain/errors.ts';
import { formatsOf, type ModelFormat } from '../domain/exportFormat.ts';
import { activationSizeOf, type Head } from '../domain/head.ts';
import { createModelCard } from '../domain/modelCard.ts';
import type { TrainingRun } from '../domain/trainingRun.ts';
import { cutNodeName, isOpaque } from '../engine/baseBody.ts';
import type { LoadedBase } from '../engine/openBase.ts';
import type { ExportedFile } from '../exporters/exportedFile.ts';
import type { ClassifierExport } from '../exporters/classifierExport.ts';
import { asBlobs } from '../exporters/blobFile.ts';
import { kerasFiles } from '../exporters/keras/kerasFiles.ts';
import { modelCardFiles } from '../exporters/modelCardFiles.ts';
import { classifierNetwork } from '../network/compose.ts';
import type { Network } from '../network/network.ts';
import type { OpaqueGraph } from '../network/opaqueGraph.ts';
import { withTuned } from '../network/tunedNetwork.ts';
import type { Calibration } from './int8Files.ts';

type ExportModel = ExportMethods['exportModel'];

export interface ExportSources {
  readonly readHead: (id: Head['id']) => Promise<Head>;
  readonly readBase: (classifier: Head['classifier']) => Promise<LoadedBase>;
  readonly readRun: (id: Head['runId']) => Promise<TrainingRun>;
  /** The page that goes along with a TF.js model, and everything it loads. */
  readonly readDemo: () => Promise<readonly ExportedFile[]>;
  readonly now: () => Date;
}

/** The files of a trained model in one format. Errors: unsupported-layer, and those of the sources. */
export async function exportModel(
  { headId, format, modelName, calibration: photos }: ExportModel['params'],
  sources: ExportSources,
  context: HandlerContext<ExportModel['progress']>,
): Promise<ExportModel['result']> {
  const { readHead, readBase, readRun } = sources;
  const head = await readHead(headId);
  const { base, network } = await readBase(head.classifier);
  if (!formatsOf(isOpaque(network)).includes(format)) {
    throw new GraftError('internal', `No ${format} of this base`);
  }
  const run = await readRun(head.runId);
  const card = run.status === 'completed' ? createModelCard(run, base, modelName) : null;
  const cardFiles = card === null ? [] : modelCardFiles(card);
  const files = isOpaque(network)
    ? await graphFiles(network, head)
    : await layeredFiles(
        network,
        head,
        {
          format,
          modelName,
          cardFiles,
          calibration: { ...context, photos: await inMemory(photos) },
        },
        sources,
      );
  if (format === 'web-page') return { files: asBlobs(files) };
  const { snippetFiles } = await import('../exporters/snippets.ts');
  return { files: asBlobs([...files, ...snippetFiles(format), ...cardFiles]) };
}

async function inMemory(
  photos: ExportModel['params']['calibration'],
): Promise<Calibration['photos']> {
  return photos && { ...photos, pixels: new Uint8Array(await photos.pixels.arrayBuffer()) };
}

interface LayeredRequest extends Pick<ExportModel['params'], 'format' | 'modelName'> {
  readonly cardFiles: readonly ExportedFile[];
  readonly calibration: Calibration;
}

async function layeredFiles(
  base: Network,
  head: Head,
  { format, modelName, cardFiles, calibration }: LayeredRequest,
  { readDemo, now }: ExportSources,
): Promise<ExportedFile[]> {
  const { preprocessing } = head.classifier;
  const network = layeredNetwork(base, head);
  const parts = { network, labels: namesOf(head), preprocessing, modelName, createdAt: now() };
  const files = await WRITERS[format](parts, calibration);
  if (format === 'tfjs-layers') return [...files, ...(await readDemo())];
  if (format !== 'web-page') return files;
  const { webPageFile } = await import('../exporters/webPage.ts');
  return [await webPageFile([...files, ...cardFiles], await readDemo())];
}

function namesOf({ classifier }: Head): string[] {
  return classifier.labels.map(({ name }) => name);
}

/** What the sizes of the model's files depend on. Errors: those of the sources. */
export async function describeModel(
  { headId }: ExportMethods['describeModel']['params'],
  { readHead, readBase }: Pick<ExportSources, 'readHead' | 'readBase'>,
): Promise<ExportMethods['describeModel']['result']> {
  const head = await readHead(headId);
  const { network: base } = await readBase(head.classifier);
  const { weights, tuned = [] } = head;
  const own = [...(weights.hidden ?? []), weights].flatMap(({ kernel, bias }) => [kernel, bias]);
  const numOwnWeights = [...own, ...tuned.map(({ values }) => values)].reduce(
    (sum, { length }) => sum + length,
    0,
  );
  const activationSize = activationSizeOf(weights);
  const sizesOf = (numWeights: number) => ({ numWeights, numOwnWeights, activationSize });
  // A weight of a graph that runs as it is takes four bytes.
  if (isOpaque(base)) return sizesOf(Math.round(base.weights.size / 4));
  const tensors = layeredNetwork(base, head).layers.flatMap((layer) =>
    Object.values(layer.tensors),
  );
  const sizes = tensors.map(({ shape }) => shape.reduce((product, size) => product * size, 1));
  return sizesOf(sizes.reduce((sum, size) => sum + size, 0));
}

function layeredNetwork(base: Network, { classifier, weights, tuned }: Head): Network {
  return classifierNetwork({
    network: withTuned(base, tuned),
    cut: classifier.cut,
    head: weights,
  });
}

async function graphFiles(graph: OpaqueGraph, head: Head): Promise<ExportedFile[]> {
  const { opaqueTfjsGraphFiles } = await import('../exporters/tfjsGraph/tfjsGraphFiles.ts');
  const { cut, preprocessing } = head.classifier;
  const cutNode = cutNodeName(graph, cut);
  const classifier = { graph, cutNode, pooling: cut.pooling, head: head.weights, preprocessing };
  return opaqueTfjsGraphFiles(classifier, namesOf(head));
}

async function teachableMachine(classifier: ClassifierExport): Promise<ExportedFile[]> {
  return (await import('../exporters/teachableMachine.ts')).teachableMachineFiles(classifier);
}

/** Each loaded when its format is asked for. */
const WRITERS: Readonly<
  Record<
    ModelFormat,
    (classifier: ClassifierExport, calibration: Calibration) => Promise<ExportedFile[]>
  >
> = {
  'web-page': teachableMachine,
  'tfjs-layers': teachableMachine,
  'tfjs-graph': async (classifier) =>
    (await import('../exporters/tfjsGraph/tfjsGraphFiles.ts')).tfjsGraphFiles(classifier),
  keras: async (classifier) => {
    const { kerasFile } = await import('../exporters/keras/kerasFile.ts');
    return kerasFiles(classifier, kerasFile);
  },
  'keras-h5': async (classifier) => {
    const { kerasH5File } = await import('../exporters/keras/kerasH5.ts');
    return kerasFiles(classifier, kerasH5File);
  },
  onnx: async (classifier) =>
    (await import('../exporters/onnx/onnxFiles.ts')).onnxFiles(classifier, 'float32'),
  'onnx-float16': async (classifier) =>
    (await import('../exporters/onnx/onnxFiles.ts')).onnxFiles(classifier, 'float16'),
  tflite: async (classifier) =>
    (await import('../exporters/tflite/tfliteFiles.ts')).tfliteFiles(classifier, {
      kind: 'float32',
    }),
  'tflite-float16': async (classifier) =>
    (await import('../exporters/tflite/tfliteFiles.ts')).tfliteFiles(classifier, {
      kind: 'float16',
    }),
  'tflite-int8': async (classifier, calibration) =>
    (await import('./int8Files.ts')).int8Files(classifier, calibration),
};
