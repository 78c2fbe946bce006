import type { ExportFile, ExportMethods } from '../bridge/exportMethods.ts';
import { GraftError } from '../domain/errors.ts';
import { formatsOf, type ExportFormat } from '../domain/exportFormat.ts';
import type { Head } from '../domain/head.ts';
import { cutNodeName, isOpaque, type BaseBody } from '../engine/baseBody.ts';
import type { ClassifierExport } from '../exporters/classifierExport.ts';
import { kerasFiles } from '../exporters/keras/kerasFiles.ts';
import { labelsFile } from '../exporters/labelsFile.ts';
import { ownRangeFile } from '../exporters/preprocessingFile.ts';
import { classifierNetwork } from '../network/compose.ts';
import type { Network } from '../network/network.ts';
import type { OpaqueGraph } from '../network/opaqueGraph.ts';
import { withTuned } from '../network/tunedNetwork.ts';

type ExportModel = ExportMethods['exportModel'];

export interface ExportSources {
  readonly readHead: (id: Head['id']) => Promise<Head>;
  readonly readBase: (classifier: Head['classifier']) => Promise<BaseBody>;
  /** The page that goes along with a TF.js model, and everything it loads. */
  readonly readDemo: () => Promise<readonly ExportFile[]>;
  readonly now: () => Date;
}

/** The files of a trained model in one format. Errors: unsupported-layer, and those of the sources. */
export async function exportModel(
  { headId, format, modelName }: ExportModel['params'],
  { readHead, readBase, readDemo, now }: ExportSources,
): Promise<ExportModel['result']> {
  const head = await readHead(headId);
  const { classifier } = head;
  const base = await readBase(classifier);
  if (!formatsOf(isOpaque(base)).includes(format)) {
    throw new GraftError('internal', `No ${format} of this base`);
  }
  const labels = classifier.labels.map(({ name }) => name);
  if (isOpaque(base)) return { files: await graphFiles(base, head, labels) };
  const { preprocessing } = classifier;
  const network = layeredNetwork(base, head);
  const parts = { network, labels, preprocessing, modelName, createdAt: now() };
  const files = await WRITERS[format](parts);
  return { files: format === 'tfjs-layers' ? [...files, ...(await readDemo())] : files };
}

/** How many weights the whole model has. Errors: those of the sources. */
export async function describeModel(
  { headId }: ExportMethods['describeModel']['params'],
  { readHead, readBase }: Pick<ExportSources, 'readHead' | 'readBase'>,
): Promise<ExportMethods['describeModel']['result']> {
  const head = await readHead(headId);
  const base = await readBase(head.classifier);
  // A weight of a graph that runs as it is takes four bytes.
  if (isOpaque(base)) return { numWeights: Math.round(base.weights.size / 4) };
  const tensors = layeredNetwork(base, head).layers.flatMap((layer) =>
    Object.values(layer.tensors),
  );
  const sizes = tensors.map(({ shape }) => shape.reduce((product, size) => product * size, 1));
  return { numWeights: sizes.reduce((sum, size) => sum + size, 0) };
}

function layeredNetwork(base: Network, { classifier, weights, tuned }: Head): Network {
  return classifierNetwork({
    network: withTuned(base, tuned),
    cut: classifier.cut,
    head: weights,
  });
}

async function graphFiles(
  graph: OpaqueGraph,
  { classifier, weights: head }: Head,
  labels: readonly string[],
): Promise<ExportFile[]> {
  const { graphModelFiles } = await import('../exporters/graphModel.ts');
  const { cut, preprocessing } = classifier;
  const files = graphModelFiles({
    graph,
    cutNode: cutNodeName(graph, cut),
    pooling: cut.pooling,
    head,
  });
  return [...files, labelsFile(labels), ownRangeFile(preprocessing)];
}

/** Each loaded when its format is asked for. */
const WRITERS: Readonly<
  Record<ExportFormat, (classifier: ClassifierExport) => Promise<ExportFile[]>>
> = {
  'tfjs-layers': async (classifier) =>
    (await import('../exporters/teachableMachine.ts')).teachableMachineFiles(classifier),
  'tfjs-graph': () => Promise.reject(new GraftError('internal', 'Only graphs leave as graphs')),
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
};
