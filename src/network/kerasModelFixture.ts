/** Builds small TF.js layers models for tests, in the way Keras' converter writes them. */

export interface FixtureTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

export interface FixtureLayer {
  readonly class_name: string;
  readonly config: unknown;
  readonly name?: string;
  readonly inbound_nodes?: unknown;
}

export function fixtureLayer(
  className: string,
  name: string,
  config: object = {},
  ...inputs: string[]
): FixtureLayer {
  const node = inputs.map((input) => [input, 0, 0, {}]);
  return {
    class_name: className,
    name,
    config: { name, ...config },
    inbound_nodes: inputs.length > 0 ? [node] : [],
  };
}

export function fixtureInput(name: string, ...shape: (number | null)[]): FixtureLayer {
  return fixtureLayer('InputLayer', name, { batch_input_shape: [null, ...shape] });
}

/** Values from -0.5 to 0.5 that look random and are always the same. */
export function fixtureTensor(name: string, ...shape: number[]): FixtureTensor {
  const numValues = shape.reduce((product, size) => product * size, 1);
  const values = Array.from({ length: numValues }, (_, i) =>
    Math.fround((((i + name.length) * 7919) % 997) / 997 - 0.5),
  );
  return { name, shape, values };
}

/** A functional model; the first layer is its input and the last its output. */
export function fixtureModel(layers: readonly FixtureLayer[], tensors: readonly FixtureTensor[]) {
  const config = {
    name: 'model',
    layers,
    input_layers: [[layers[0]?.name, 0, 0]],
    output_layers: [[layers.at(-1)?.name, 0, 0]],
  };
  return fixtureFiles({ model_config: { class_name: 'Model', config } }, tensors);
}

export function fixtureFiles(modelTopology: unknown, tensors: readonly FixtureTensor[]) {
  const weights = Float32Array.from(tensors.flatMap(({ values }) => values)).buffer;
  const entries = tensors.map(({ name, shape }) => ({ name, shape, dtype: 'float32' }));
  const weightsManifest = [{ paths: ['weights.bin'], weights: entries }];
  return { modelJson: JSON.stringify({ modelTopology, weightsManifest }), weights };
}

/** The bytes of a file that Node read, in a buffer of their own. */
export function ownBuffer(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
