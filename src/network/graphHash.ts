import { sha256 as sha256Parts } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Sha256 } from '../domain/ids.ts';
import { sha256 } from '../domain/sha256.ts';
import { TENSOR_ROLES } from '../domain/tensorRole.ts';
import type { Layer, Network, WeightTensor } from './network.ts';

/**
 * Identity of a network in any packaging: SHA-256 over one line of JSON per layer in canonical order,
 * with its kind, the settings that change its answer, its input positions, and the role, shape and
 * SHA-256 of each tensor (float32, little endian). No names of files, layers or tensors, no input size.
 */
export async function graphHash(network: Network): Promise<Sha256> {
  const lines: string[] = [];
  // One after the other, since each tensor is read from its file for the time of its hash.
  for (const layer of network.layers) lines.push(layerLine(layer));
  return sha256(new TextEncoder().encode(lines.join('\n')));
}

function layerLine(layer: Layer): string {
  const tensors: unknown[] = [];
  for (const role of TENSOR_ROLES) {
    const tensor = layer.tensors[role];
    if (tensor !== undefined) tensors.push([role, tensor.shape, tensorHash(tensor)]);
  }
  return JSON.stringify([layer.kind, settingsOf(layer), layer.inputs, tensors]);
}

/** Values are hashed as they lie in memory, which is little endian wherever browsers run. */
export function tensorHash(tensor: WeightTensor): Sha256 {
  const hash = sha256Parts.create();
  const take = ({ buffer, byteOffset, byteLength }: Float32Array) => {
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  };
  if (tensor.eachRun !== undefined) tensor.eachRun(take);
  else take(tensor.values);
  return bytesToHex(hash.digest()) as Sha256;
}

function settingsOf(layer: Layer): readonly unknown[] {
  switch (layer.kind) {
    case 'conv2d':
    case 'depthwise-conv2d':
      return [layer.strides, layer.dilations, layer.padding, layer.activation];
    case 'batch-norm':
      return [layer.epsilon];
    case 'activation':
    case 'dense':
      return [layer.activation];
    case 'leaky-relu':
      return [layer.alpha];
    case 'rescaling':
      return [layer.scale, layer.offset];
    case 'zero-padding2d':
      return [layer.padding];
    case 'cropping2d':
      return [layer.cropping];
    case 'upsampling2d':
      return [layer.size, layer.interpolation];
    case 'max-pooling2d':
    case 'average-pooling2d':
      return [layer.poolSize, layer.strides, layer.padding];
    case 'global-average-pooling2d':
    case 'global-max-pooling2d':
      return [layer.keepDims];
    case 'reshape':
      return [layer.targetShape];
    case 'input':
    case 'prelu':
    case 'add':
    case 'multiply':
    case 'concatenate':
    case 'flatten':
    case 'dropout':
      return [];
  }
}
