import { attachTensors } from './attachTensors.ts';
import type { ByteSource } from './byteSource.ts';
import type { FlatLayer } from './kerasGraph.ts';
import { permuted, reshaped } from './lazyTensor.ts';
import type { WeightTensor } from './network.ts';
import type { OpenedNetwork } from './openedNetwork.ts';
import { readHeader } from './safetensors/header.ts';
import { tensorAt } from './safetensors/tensorValues.ts';
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
    return role === 'kernel' ? channelsLast(layers, flat, tensor) : tensor;
  });
  return { network, format: 'safetensors', architecture: name, pixelRange, classNames: null };
}

/** The kernel in our order of axes: [h, w, in, out], depthwise [h, w, in, 1], dense [in, out]. */
function channelsLast(layers: readonly FlatLayer[], flat: FlatLayer, tensor: WeightTensor) {
  if (flat.settings.kind === 'conv2d') return permuted(tensor, [2, 3, 1, 0]);
  if (flat.settings.kind === 'depthwise-conv2d') return permuted(tensor, [2, 3, 0, 1]);
  const [out = 0, ...rest] = tensor.shape;
  const numInputs = rest.reduce((product, size) => product * size, 1);
  const numChannels = flattenedChannels(layers, flat) ?? numInputs;
  // PyTorch flattens channel by channel. timm keeps these layers as convolutions, to the same effect.
  const view = reshaped(tensor, [out, numChannels, numInputs / numChannels]);
  return reshaped(permuted(view, [2, 1, 0]), [numInputs, out]);
}

/** Channels of the picture that was flattened for this layer; `null` where it gets a row as it is. */
function flattenedChannels(layers: readonly FlatLayer[], { inputs }: FlatLayer): number | null {
  const [position = 0] = inputs;
  if (layers[position]?.settings.kind !== 'flatten') return null;
  const convolution = layers
    .slice(0, position)
    .findLast(({ settings }) => settings.kind === 'conv2d');
  return convolution?.variables[0]?.shape.at(-1) ?? null;
}
