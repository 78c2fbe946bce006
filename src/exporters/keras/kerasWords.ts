import type { Layer } from '../../network/network.ts';
import { kerasLayer, type KerasLayer } from '../kerasConfig.ts';

/**
 * Describes a layer of `kerasDialect` in settings that Keras 2.10 and Keras 3 both know. Initial values
 * are left to Keras: they would be used if somebody cloned the model without its weights.
 */
export function kerasWords(layer: Layer): KerasLayer {
  switch (layer.kind) {
    case 'rescaling':
      return withConfig('Rescaling', {
        scale: oneOrAll(layer.scale),
        offset: oneOrAll(layer.offset),
      });
    case 'leaky-relu':
      // Keras 3 has renamed the slope of LeakyReLU, but not that of ReLU.
      return withConfig('ReLU', { negative_slope: layer.alpha });
    case 'activation':
      return layer.activation === 'swish'
        ? withConfig('Activation', { activation: 'swish' })
        : kerasLayer(layer);
    case 'global-average-pooling2d':
    case 'global-max-pooling2d':
      return added(kerasLayer(layer), { keepdims: layer.keepDims });
    case 'conv2d':
    case 'depthwise-conv2d':
    case 'dense':
      return withoutInitializers(
        layer.activation === 'swish'
          ? added(kerasLayer({ ...layer, activation: 'linear' }), { activation: 'swish' })
          : kerasLayer(layer),
      );
    case 'prelu':
      return withoutInitializers(kerasLayer(layer));
    case 'input':
    case 'batch-norm':
    case 'zero-padding2d':
    case 'cropping2d':
    case 'upsampling2d':
    case 'max-pooling2d':
    case 'average-pooling2d':
    case 'add':
    case 'multiply':
    case 'concatenate':
    case 'flatten':
    case 'reshape':
    case 'dropout':
      return kerasLayer(layer);
  }
}

function withConfig(className: string, config: KerasLayer['config']): KerasLayer {
  return { className, config, tensorNames: [] };
}

function added(layer: KerasLayer, settings: KerasLayer['config']): KerasLayer {
  return { ...layer, config: { ...layer.config, ...settings } };
}

function withoutInitializers(layer: KerasLayer): KerasLayer {
  const settings = Object.entries(layer.config).filter(([key]) => !key.endsWith('_initializer'));
  return { ...layer, config: Object.fromEntries(settings) };
}

function oneOrAll(values: readonly number[]): number | readonly number[] {
  return values.length === 1 ? (values[0] ?? 0) : values;
}
