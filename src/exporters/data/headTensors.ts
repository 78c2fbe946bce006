import type { Head, HeadWeights, TunedTensor } from '../../domain/head.ts';
import type { NamedTensor } from './safetensorsFile.ts';

/** A dense layer of the head; `name` is the beginning of its tensors' names. */
export interface HeadLayer {
  readonly name: string;
  readonly activation: string;
  readonly kernel: NamedTensor;
  readonly bias: NamedTensor;
}

/** The head's layers from the activations upwards. */
export function headLayers({ hidden = [], kernel, bias }: HeadWeights): HeadLayer[] {
  const layers = [...hidden, { kernel, bias, activation: 'softmax' }];
  return layers.map((layer, index) => {
    const name = index < hidden.length ? `head.hidden_${index + 1}` : 'head.probabilities';
    const units = layer.bias.length;
    const shape = [layer.kernel.length / units, units];
    return {
      name,
      activation: layer.activation,
      kernel: { name: `${name}.kernel`, shape, values: layer.kernel },
      bias: { name: `${name}.bias`, shape: [units], values: layer.bias },
    };
  });
}

/** A tensor of the base, as training has changed it. `layerNames`: of every layer of the base, none twice. */
export function tunedTensor(
  { position, role, shape, values }: TunedTensor,
  layerNames: readonly string[],
): NamedTensor {
  return { name: `base.${layerNames[position] ?? position}.${role}`, shape, values };
}

/** All tensors that training has made. */
export function ownTensors(
  { weights, tuned = [] }: Pick<Head, 'weights' | 'tuned'>,
  layerNames: readonly string[],
): NamedTensor[] {
  return [
    ...headLayers(weights).flatMap(({ kernel, bias }) => [kernel, bias]),
    ...tuned.map((tensor) => tunedTensor(tensor, layerNames)),
  ];
}
