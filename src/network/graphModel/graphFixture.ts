import { bytesInMemory } from '../byteSource.ts';
import type { GraphModelFiles } from '../loadGraphModel.ts';

/** Builds small TF.js graph models for tests, in the way TensorFlow's converter writes them. */

export interface FixtureNode {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
  readonly attr: Readonly<Record<string, unknown>>;
}

export interface FixtureConstant {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: readonly number[];
  readonly dtype: 'float32' | 'int32';
}

const FLOAT = { T: { type: 'DT_FLOAT' } };

export function graphNode(
  op: string,
  name: string,
  input: readonly string[],
  attr: Readonly<Record<string, unknown>> = {},
): FixtureNode {
  return { name, op, input, attr: { ...FLOAT, ...attr } };
}

/** `shape` without the batch. */
export function graphInput(name: string, ...shape: number[]): FixtureNode {
  const dim = [-1, ...shape].map((size) => ({ size: String(size) }));
  const attr = { dtype: { type: 'DT_FLOAT' }, shape: { shape: { dim } } };
  return { name, op: 'Placeholder', attr };
}

function text(value: string) {
  return { s: btoa(value) };
}

export function texts(...values: string[]) {
  return { list: { s: values.map((value) => btoa(value)) } };
}

export function integers(...values: number[]) {
  return { list: { i: values.map(String) } };
}

/** Attributes of a convolution or pooling. */
export function windowAttributes(stride: number, padding: string, ksize?: number) {
  return {
    strides: integers(1, stride, stride, 1),
    dilations: integers(1, 1, 1, 1),
    padding: text(padding),
    data_format: text('NHWC'),
    ...(ksize !== undefined && { ksize: integers(1, ksize, ksize, 1) }),
  };
}

/** Values from -0.5 to 0.5 that look random and are always the same; `positive` moves them above 0. */
export function weights(name: string, shape: readonly number[], positive = false): FixtureConstant {
  const size = shape.reduce((product, each) => product * each, 1);
  const values = Array.from(
    { length: size },
    (_, i) => (((i + name.length) * 7919) % 997) / 997 - (positive ? -0.5 : 0.5),
  );
  return { name, shape, values, dtype: 'float32' };
}

export function sizes(name: string, values: readonly number[], shape = [values.length]) {
  return { name, shape, values, dtype: 'int32' } as const;
}

/** A model of the nodes and constants; the last node is its output. */
export function graphModelFixture(
  nodes: readonly FixtureNode[],
  constants: readonly FixtureConstant[],
): GraphModelFiles {
  const constantNodes = constants.map(({ name, dtype, shape }) => ({
    name,
    op: 'Const',
    attr: {
      dtype: { type: dtype === 'int32' ? 'DT_INT32' : 'DT_FLOAT' },
      value: { tensor: { tensorShape: { dim: shape.map((size) => ({ size: String(size) })) } } },
    },
  }));
  const entries = constants.map(({ name, shape, dtype }) => ({ name, shape, dtype }));
  const modelJson = JSON.stringify({
    format: 'graph-model',
    modelTopology: { node: [...constantNodes, ...nodes], library: {}, versions: {} },
    weightsManifest: [{ paths: ['weights.bin'], weights: entries }],
  });
  const buffers = constants.map(({ values, dtype }) =>
    dtype === 'int32' ? Int32Array.from(values) : Float32Array.from(values),
  );
  const bytes = buffers.flatMap((values) => [...new Uint8Array(values.buffer)]);
  return { modelJson, weights: bytesInMemory('weights.bin', Uint8Array.from(bytes)) };
}
