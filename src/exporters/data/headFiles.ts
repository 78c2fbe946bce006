import { jsonFile } from '../exportedFile.ts';
import { labelsFile } from '../labelsFile.ts';
import { ownRangeFile } from '../preprocessingFile.ts';
import { uniqueLayerNames } from '../uniqueLayerNames.ts';
import { describeArchitecture, type ArchitectureParts } from './architecture.ts';
import { asBlobs, blobFile, type BlobFile } from '../blobFile.ts';
import { ownTensors } from './headTensors.ts';
import { safetensorsFile } from './safetensorsFile.ts';

/**
 * `head.safetensors`: what training has made, the head and the layers of the base that were trained with it;
 * `architecture.json`: what to build around it.
 */
export function headFiles(parts: Omit<ArchitectureParts, 'layerNames'>): BlobFile[] {
  const { body, head, modelName } = parts;
  const layerNames = 'kind' in body ? [] : uniqueLayerNames(body.layers);
  const { labels, preprocessing } = head.classifier;
  const metadata = { format: 'graft', name: modelName };
  return [
    blobFile('head.safetensors', safetensorsFile(ownTensors(head, layerNames), metadata)),
    ...asBlobs([
      jsonFile('architecture.json', describeArchitecture({ ...parts, layerNames })),
      labelsFile(labels.map(({ name }) => name)),
      ownRangeFile(preprocessing),
    ]),
  ];
}
