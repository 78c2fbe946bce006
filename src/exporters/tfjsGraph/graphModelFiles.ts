import { freeValues } from '../../network/lazyTensor.ts';
import type { JsonRecord } from '../../network/jsonChecks.ts';
import { textFile, type ExportedFile } from '../exportedFile.ts';
import { shapeMessage, typeAttribute, type GraphModelNode } from './graphNode.ts';
import type { GraphConstant, GraphValue } from './graphWriter.ts';

/** What pictures come in at. */
export interface GraphInput extends GraphValue {
  /** -1 for any. */
  readonly batchSize: number;
}

export interface GraphModel {
  /** Those of the constants too. */
  readonly nodes: readonly (GraphModelNode | JsonRecord)[];
  /** In the order of the weights. */
  readonly constants: readonly GraphConstant[];
  readonly input: GraphInput;
  readonly output: GraphValue;
  /** What else `modelTopology` has, such as functions. */
  readonly topology?: JsonRecord;
}

/** `model.json` and `weights.bin`, as TF.js' converter writes them. */
export function graphModelFiles(model: GraphModel): ExportedFile[] {
  const { nodes, constants, input, output, topology = { library: {}, versions: {} } } = model;
  const exported = {
    format: 'graph-model',
    generatedBy: 'graft',
    convertedBy: null,
    signature: {
      inputs: { image: tensorInfo(input, input) },
      outputs: { probabilities: tensorInfo(output, input) },
    },
    modelTopology: { ...topology, node: nodes },
    weightsManifest: [{ paths: ['weights.bin'], weights: constants.map(manifestEntry) }],
  };
  return [
    textFile('model.json', JSON.stringify(exported)),
    { path: 'weights.bin', bytes: joined(constants) },
  ];
}

export function inputNode({ name, shape, batchSize }: GraphInput): GraphModelNode {
  const attr = {
    dtype: typeAttribute('DT_FLOAT'),
    shape: { shape: shapeMessage([batchSize, ...shape]) },
  };
  return { name, op: 'Placeholder', input: [], attr };
}

export function constantNode({ name, dtype, tensor }: GraphConstant): GraphModelNode {
  const type = dtype === 'int32' ? 'DT_INT32' : 'DT_FLOAT';
  const tensorMessage = { dtype: type, tensorShape: shapeMessage(tensor.shape) };
  const attr = { dtype: typeAttribute(type), value: { tensor: tensorMessage } };
  return { name, op: 'Const', input: [], attr };
}

function tensorInfo({ name, shape }: GraphValue, { batchSize }: GraphInput) {
  return { name: `${name}:0`, dtype: 'DT_FLOAT', tensorShape: shapeMessage([batchSize, ...shape]) };
}

function manifestEntry({ name, dtype, tensor }: GraphConstant) {
  return { name, shape: tensor.shape, dtype };
}

const ARRAYS = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;

/** Little endian, as the machines that browsers run on; one tensor is in memory besides at a time. */
function joined(constants: readonly GraphConstant[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(constants.reduce((sum, constant) => sum + sizeBytes(constant), 0));
  let offset = 0;
  for (const constant of constants) {
    const { tensor, dtype } = constant;
    const start = offset;
    const take = (values: Float32Array, first: number) => {
      const { buffer, byteOffset, byteLength, BYTES_PER_ELEMENT } =
        dtype === 'float32' ? values : ARRAYS[dtype].from(values);
      all.set(new Uint8Array(buffer, byteOffset, byteLength), start + first * BYTES_PER_ELEMENT);
    };
    if (tensor.eachRun !== undefined) tensor.eachRun(take);
    else {
      const { values } = tensor;
      take(values, 0);
      freeValues(tensor, values);
    }
    offset += sizeBytes(constant);
  }
  return all;
}

function sizeBytes({ dtype, tensor: { shape } }: GraphConstant): number {
  return shape.reduce((product, size) => product * size, ARRAYS[dtype].BYTES_PER_ELEMENT);
}
