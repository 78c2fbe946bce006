import { GraftError } from '../domain/errors.ts';
import { joinedSource } from '../network/byteSource.ts';
import { loadTfjsLayers, weightPathsOf } from '../network/loadTfjsLayers.ts';
import type { OpenedNetwork } from '../network/openedNetwork.ts';
import { blobSource } from './blobSource.ts';

/** A file of a base, as it was stored, fetched or given. */
export interface NamedBlob {
  readonly name: string;
  readonly blob: Blob;
}

/** The network in files that belong together; weights are read when they are needed. Errors: base-invalid, unsupported-layer. */
export async function openFiles(files: readonly NamedBlob[]): Promise<OpenedNetwork> {
  const model = files.find(({ name }) => name === 'model.json');
  if (model === undefined) throw new GraftError('base-invalid', 'There is no model.json');
  const modelJson = await model.blob.text();
  const parts = weightPathsOf(modelJson).map((path) => {
    const fileName = path.split('/').at(-1) ?? path;
    const file = files.find(({ name }) => name === fileName);
    if (file === undefined) {
      throw new GraftError('base-invalid', `The file ${fileName} is missing`, { file: fileName });
    }
    return blobSource(file.name, file.blob);
  });
  const network = loadTfjsLayers({ modelJson, weights: joinedSource('the weights', parts) });
  return { network, format: 'tfjs-layers', architecture: null, pixelRange: null, classNames: null };
}
