import type { FlatLayer } from '../kerasGraph.ts';
import type { LayerVariable } from '../kerasLayers/layerSource.ts';
import type { ActivationKind, LayerKind, Padding2d, TensorRole } from '../network.ts';

interface ConvolutionOptions {
  readonly kernelSize: number;
  readonly stride?: number;
  readonly padding?: Padding2d;
  readonly hasBias?: boolean;
  readonly activation?: ActivationKind;
}

/** Lines up the layers of a known graph, each after the one before unless told otherwise. */
export class LayerChain {
  readonly layers: FlatLayer[] = [];
  #channels: number;

  constructor(inputName: string, inputShape: readonly [number, number, number]) {
    this.#channels = inputShape[2];
    this.#push(inputName, [], { kind: 'input', shape: inputShape });
  }

  /** Position of the last layer. */
  get position(): number {
    return this.layers.length - 1;
  }

  /** Channels of the last layer's output, or its values once it is a row. */
  get channels(): number {
    return this.#channels;
  }

  convolution(name: string, filters: number, options: ConvolutionOptions): this {
    const { kernelSize, hasBias = false } = options;
    const kernel = variable('kernel', kernelSize, kernelSize, this.#channels, filters);
    this.#channels = filters;
    const variables = [kernel, ...(hasBias ? [variable('bias', filters)] : [])];
    return this.#append(name, { kind: 'conv2d', ...windowOf(options) }, variables);
  }

  depthwise(name: string, options: ConvolutionOptions): this {
    const { kernelSize } = options;
    const kernel = variable('kernel', kernelSize, kernelSize, this.#channels, 1);
    return this.#append(name, { kind: 'depthwise-conv2d', ...windowOf(options) }, [kernel]);
  }

  batchNorm(name: string, epsilon: number): this {
    const roles = ['gamma', 'beta', 'mean', 'variance'] as const;
    const variables = roles.map((role) => variable(role, this.#channels));
    return this.#append(name, { kind: 'batch-norm', epsilon: Math.fround(epsilon) }, variables);
  }

  dense(name: string, units: number, activation: ActivationKind): this {
    const variables = [variable('kernel', this.#channels, units), variable('bias', units)];
    this.#channels = units;
    return this.#append(name, { kind: 'dense', activation }, variables);
  }

  /** A layer without weights that keeps the number of channels. */
  plain(name: string, settings: LayerKind): this {
    return this.#append(name, settings);
  }

  /** Rows of all values of a picture of `height` × `width`. */
  flatten(name: string, height: number, width: number): this {
    this.#channels *= height * width;
    return this.#append(name, { kind: 'flatten' });
  }

  /** Sum of the last layer and the one at `position`. */
  add(name: string, position: number): this {
    this.#push(name, [position, this.position], { kind: 'add' });
    return this;
  }

  #append(name: string, settings: LayerKind, variables: readonly LayerVariable[] = []): this {
    this.#push(name, [this.position], settings, variables);
    return this;
  }

  #push(
    name: string,
    inputs: readonly number[],
    settings: LayerKind,
    variables: readonly LayerVariable[] = [],
  ): void {
    const source = { name, className: settings.kind, models: [] };
    this.layers.push({ name, inputs, settings, variables, source });
  }
}

function variable(role: TensorRole, ...shape: number[]): LayerVariable {
  return { name: role, role, shape };
}

function windowOf({ stride = 1, padding = 'same', activation = 'linear' }: ConvolutionOptions) {
  return { strides: [stride, stride], dilations: [1, 1], padding, activation } as const;
}
