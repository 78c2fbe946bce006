import type { Subject } from '../subjects.ts';

export const ENGINES = ['plan', 'layers', 'onnx', 'litert'] as const;

/** The app's own plan, `LayersModel.predict`, ONNX Runtime Web, LiteRT.js. */
export type Engine = (typeof ENGINES)[number];

export type BenchBackend = 'wasm' | 'webgl' | 'webgpu' | 'cpu';

export interface ContenderName {
  readonly subject: Subject;
  readonly engine: Engine;
  readonly backend: BenchBackend;
}

export interface LoadedContender {
  /** From weights in memory to the first row of output, the engine's own start included. */
  readonly firstResultMs: number;
  /** What it answers to one picture made by a formula. */
  readonly answer: Float32Array;
}

/** Answered by a worker that runs one network on one engine. */
export interface ContenderMethods {
  load: { params: ContenderName; result: LoadedContender; progress: never };
  /** Runs batches for at least so long, and at least one; photos per second. */
  measure: {
    params: { readonly batchSize: number; readonly durationMs: number };
    result: number;
    progress: never;
  };
  /** Plain arithmetic for so long, without a network; loops per second. */
  spin: { params: { readonly durationMs: number }; result: number; progress: never };
}
