import type { PreprocessingSpec } from '../domain/preprocessing.ts';
import type { Network } from '../network/network.ts';
import { jsonFile, textFile, type ExportedFile } from './exportedFile.ts';
import { preprocessingFile } from './preprocessingFile.ts';
import { withTeachableMachineInput } from './teachableMachineInput.ts';
import { tfjsLayersFiles } from './tfjsLayers.ts';

export interface ClassifierExport {
  /** Base, pooling and head, for input in the base's own range. */
  readonly network: Network;
  /** Class names in output order. */
  readonly labels: readonly string[];
  readonly preprocessing: PreprocessingSpec;
  readonly modelName: string;
  readonly createdAt: Date;
}

/** The versions whose format this is; programs that open such models look for these keys. */
const FORMAT_VERSIONS = {
  tfjsVersion: '1.3.1',
  packageVersion: '0.8.4',
  packageName: '@teachablemachine/image',
};

/**
 * The files that Teachable Machine gives for an image model (`model.json`, `weights.bin`,
 * `metadata.json`), with `labels.txt` and `preprocessing.json`.
 */
export function teachableMachineFiles(classifier: ClassifierExport): ExportedFile[] {
  const { network, labels, preprocessing } = classifier;
  return [
    ...tfjsLayersFiles(withTeachableMachineInput(network, preprocessing)),
    metadataFile(classifier),
    labelsFile(labels),
    preprocessingFile(preprocessing),
  ];
}

function metadataFile({ labels, preprocessing, modelName, createdAt }: ClassifierExport) {
  return jsonFile('metadata.json', {
    ...FORMAT_VERSIONS,
    modelName,
    timeStamp: createdAt.toISOString(),
    labels,
    userMetadata: {},
    grayscale: preprocessing.channelOrder === 'grey',
    // One number: Teachable Machine's library knows square inputs only.
    imageSize: preprocessing.inputHeight,
  });
}

/** A line `0 name` for each class. */
export function labelsFile(labels: readonly string[]): ExportedFile {
  const lines = labels.map((label, index) => `${index} ${label.replaceAll(/[\r\n]+/g, ' ')}\n`);
  return textFile('labels.txt', lines.join(''));
}
