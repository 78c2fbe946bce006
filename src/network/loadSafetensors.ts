import { attachTensors } from './attachTensors.ts';
import type { ByteSource } from './byteSource.ts';
import type { FlatLayer } from './kerasGraph.ts';
import type { WeightTensor } from './network.ts';
import type { OpenedNetwork } from './openedNetwork.ts';
import { readHeader } from './safetensors/header.ts';
import { tensorAt } from './safetensors/tensorValues.ts';
import {
  convolutionKernel,
  denseKernel,
  depthwiseKernel,
  flattenedChannels,
} from './safetensors/torchKernels.ts';
import { recogniseTorchNetwork, TORCH_NAMES } from './safetensors/torchModules.ts';

/**
 * Reads weights that torchvision or timm published for VGG or MobileNetV2, with or without the
 * classifier; the graph comes from `architectures`. Channels are put last, and so are those that the
 * first fully connected layer of VGG counts first. Errors: base-invalid, with file or tensor named.
 */
export function loadSafetensors(source: ByteSource): OpenedNetwork {
  const header = readHeader(source);
  const { architecture, moduleOf } = recogniseTorchNetwork(header);
  const { name, layers, pixelRange } = architecture;
  const network = attachTensors(layers, (flat, { role }) => {
    const place =
      role && header.tensors.get(`${moduleOf.get(flat.name) ?? ''}.${TORCH_NAMES[role]}`);
    if (!place) return null;
    const tensor = tensorAt(source, place);
    return role === 'kernel' ? ourKernel(layers, flat, tensor) : tensor;
  });
  return { network, format: 'safetensors', architecture: name, pixelRange, classNames: null };
}

function ourKernel(layers: readonly FlatLayer[], flat: FlatLayer, tensor: WeightTensor) {
  const { kind } = flat.settings;
  if (kind === 'conv2d') return convolutionKernel(tensor);
  if (kind === 'depthwise-conv2d') return depthwiseKernel(tensor);
  return denseKernel(tensor, flattenedChannels(layers, flat));
}
