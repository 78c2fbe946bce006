import type { ByteSource } from './byteSource.ts';
import { mapOnnx } from './onnx/mapOnnx.ts';
import { readModel } from './onnx/readModel.ts';
import type { OpenedNetwork } from './openedNetwork.ts';

/**
 * Reads an ONNX file as layers: those of our exports, and of other programs for pictures with channels
 * first or last. Batch norms are in the kernels of most, so that a network that was saved in layers too has
 * another identity here. Weights are read whenever they are asked for.
 * Errors: unsupported-layer, base-invalid, with the node or tensor named.
 */
export function loadOnnx(source: ByteSource): OpenedNetwork {
  const network = mapOnnx(readModel(source));
  return { network, format: 'onnx', architecture: null, pixelRange: null, classNames: null };
}
