import type { ClassifierExport } from './classifierExport.ts';
import { jsonFile, type ExportedFile } from './exportedFile.ts';
import { labelsFile } from './labelsFile.ts';
import { preprocessingFile } from './preprocessingFile.ts';
import { withTeachableMachineInput } from './teachableMachineInput.ts';
import { tfjsLayersFiles } from './tfjsLayers.ts';

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
