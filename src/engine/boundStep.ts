import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { freeValues } from '../network/lazyTensor.ts';
import type { TakeRun, WeightTensor } from '../network/network.ts';

type WasmMemory = Pick<BackendWasm, 'typedArrayFromHeap'>;

/** A step bound to its constants on the active backend. */
export interface StepOperation {
  /** Caller disposes the result; inputs stay. */
  readonly apply: (inputs: readonly tf.Tensor[]) => tf.Tensor;
  /** Uploaded once, disposed with the plan. */
  readonly constants: readonly tf.Tensor[];
}

export function unary(apply: (x: tf.Tensor) => tf.Tensor): StepOperation {
  return { apply: ([x]) => tf.tidy(() => apply(given(x))), constants: [] };
}

export function given(x: tf.Tensor | undefined): tf.Tensor {
  if (x === undefined) throw new RangeError('A step has no input');
  return x;
}

export function upload(tensor: WeightTensor): tf.Tensor {
  const { eachRun } = tensor;
  const isWasm = tf.getBackend() === 'wasm';
  if (isWasm && eachRun !== undefined) return copyIntoWasm(tensor.shape, eachRun);
  const { values } = tensor;
  const uploaded = tf.tensor(values, [...tensor.shape], 'float32');
  // WASM has copied them into its own memory; the other backends hold on to them.
  if (isWasm) freeValues(tensor, values);
  return uploaded;
}

/** By way of an array, the largest kernel of VGG16, 411 MB, would be in memory once more. */
function copyIntoWasm(shape: readonly number[], eachRun: (take: TakeRun) => void): tf.Tensor {
  const room = tf.fill([...shape], 0);
  try {
    const target = (tf.backend() as tf.KernelBackend & WasmMemory).typedArrayFromHeap(room);
    eachRun((values, start) => target.set(values, start));
    return room;
  } catch (thrown) {
    room.dispose();
    throw thrown;
  }
}
