import type { ByteSource } from '../byteSource.ts';
import { refuseLite, type ByteRange } from './flatFile.ts';
import { FlatTable } from './flatTable.ts';
import { operatorName } from './operatorNames.ts';

/** real = scale · (stored − zero point): one pair for all of the tensor, or one per index of `axis`. */
export interface LiteQuantisation {
  readonly scales: readonly number[];
  readonly zeroPoints: readonly number[];
  readonly axis: number;
}

export interface LiteTensor {
  /** With the batch, most often of one. */
  readonly shape: readonly number[];
  /** The same with -1 where a size is open. */
  readonly openShape: readonly number[];
  /** Number of its type in the schema. */
  readonly type: number;
  /** `null` where the values are not numbers in steps. */
  readonly quantisation: LiteQuantisation | null;
  /** Of a constant that is stored whole. */
  readonly values: ByteRange | null;
}

/** Inputs and outputs are positions of tensors; -1 stands for an input that is left out. */
export interface LiteOperator {
  readonly name: string;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  /** Its settings, whose fields depend on the operator. */
  readonly options: FlatTable | null;
}

export interface LiteModel {
  readonly source: ByteSource;
  readonly tensors: readonly LiteTensor[];
  /** In the order in which they run. */
  readonly operators: readonly LiteOperator[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  /** What it says about itself to other tools, a FlatBuffer of its own. */
  readonly metadata: ByteRange | null;
}

const MAX_RANK = 8;
const SPARSITY_FIELD = 6;
const METADATA_NAME = 'TFLITE_METADATA';

/**
 * The tables of a model by TensorFlow Lite's `schema.fbs`, version 3, of its first graph; weights stay in
 * the file. Errors: base-invalid.
 */
export function readLiteModel(source: ByteSource): LiteModel {
  const model = FlatTable.root(source);
  const names = model.tables(1).map(readOperatorName);
  const [graph] = model.tables(2);
  if (graph === undefined) return refuseLite('has no graph');
  const buffers = model.tables(4).map((buffer) => readBuffer(buffer, source.size));
  const described = model.tables(6).find((entry) => entry.text(0) === METADATA_NAME);
  return {
    source,
    tensors: graph.tables(0).map((tensor) => readTensor(tensor, buffers)),
    operators: graph.tables(3).map((operator) => readOperator(operator, names)),
    inputs: graph.numbers(1, 'int32'),
    outputs: graph.numbers(2, 'int32'),
    metadata: described === undefined ? null : (buffers[described.number(1, 'uint32')] ?? null),
  };
}

/** Numbers that were too large for the first field of the schema are in the last. */
function readOperatorName(table: FlatTable): string {
  const code = Math.max(table.number(0, 'int8'), table.number(3, 'int32'));
  return operatorName(code, table.text(1));
}

/** Of files that are larger than FlatBuffers reach, weights lie behind the tables. */
function readBuffer(table: FlatTable, fileBytes: number): ByteRange | null {
  const start = table.number(1, 'uint64');
  if (start <= 1) return table.bytes(0);
  const end = start + table.number(2, 'uint64');
  return end <= fileBytes ? { start, end } : refuseLite('ends before its weights do');
}

function readTensor(table: FlatTable, buffers: readonly (ByteRange | null)[]): LiteTensor {
  const shape = table.numbers(0, 'int32');
  const openShape = table.numbers(7, 'int32');
  const isFit = openShape.length === 0 || openShape.length === shape.length;
  if (!isFit || shape.length > MAX_RANK || shape.some((size) => size < 0)) {
    refuseLite(`has a tensor of the shape ${shape.slice(0, MAX_RANK).join(' × ')}`);
  }
  if (table.table(SPARSITY_FIELD) !== null) refuseLite('keeps weights without their zeros');
  const buffer = table.number(2, 'uint32');
  const quantisation = table.table(4);
  return {
    shape,
    openShape: openShape.length === 0 ? shape : openShape,
    type: table.number(1, 'int8'),
    quantisation: quantisation && readQuantisation(quantisation),
    values: buffers[buffer] ?? null,
  };
}

function readQuantisation(table: FlatTable): LiteQuantisation | null {
  const scales = table.numbers(2, 'float32');
  if (scales.length === 0) return null;
  return { scales, zeroPoints: table.numbers(3, 'int64'), axis: table.number(6, 'int32') };
}

function readOperator(table: FlatTable, names: readonly string[]): LiteOperator {
  return {
    name: names[table.number(0, 'uint32')] ?? refuseLite('has an operator of no kind'),
    inputs: table.numbers(1, 'int32'),
    outputs: table.numbers(2, 'int32'),
    options: table.table(4),
  };
}
