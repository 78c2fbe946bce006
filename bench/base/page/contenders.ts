import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { onnxModel } from '../../../src/exporters/onnx/onnxModel.ts';
import { tfjsLayersFiles } from '../../../src/exporters/tfjsLayers.ts';
import { startBackend } from '../../../src/engine/backends.ts';
import { createPlan } from '../../../src/engine/plan.ts';
import type { Subject } from '../subjects.ts';
import type { BenchBackend, ContenderName, Engine } from './contenderProtocol.ts';
import { fetchFile, openSubject } from './openSubject.ts';

/** Runs a batch, [numPhotos, side, side, 3] to [numPhotos, outputSize]. */
export type RunBatch = (batch: Float32Array, numPhotos: number) => Promise<Float32Array>;

/** What an engine's file is made into, from weights that are in memory. */
type Start = () => Promise<RunBatch>;

/** Fetches and converts what the engine needs; calling the result starts the engine. */
export function prepareContender({ subject, engine, backend }: ContenderName): Promise<Start> {
  return PREPARE[engine](subject, backend);
}

const PREPARE: Readonly<
  Record<Engine, (subject: Subject, backend: BenchBackend) => Promise<Start>>
> = { plan: preparePlan, layers: prepareLayers, onnx: prepareOnnx, litert: prepareLitert };

async function preparePlan(subject: Subject, backend: BenchBackend): Promise<Start> {
  const network = await openSubject(subject);
  return async () => {
    await startBackend(backend);
    return createPlan(network, inputShape(subject)).run;
  };
}

async function prepareLayers(subject: Subject, backend: BenchBackend): Promise<Start> {
  const [modelFile, weightsFile] = tfjsLayersFiles(await openSubject(subject));
  const model = JSON.parse(new TextDecoder().decode(modelFile?.bytes)) as {
    modelTopology: object;
    weightsManifest: [{ weights: [] }];
  };
  const artifacts = {
    modelTopology: model.modelTopology,
    weightSpecs: model.weightsManifest[0].weights,
    weightData: weightsFile?.bytes.buffer ?? new ArrayBuffer(),
  };
  return async () => {
    await startBackend(backend);
    const layers = await loadLayersModel({ load: () => Promise.resolve(artifacts) });
    return async (batch, numPhotos) => {
      const input = tf.tensor(batch, [numPhotos, ...inputShape(subject)]);
      const output = layers.predict(input) as tf.Tensor;
      const values = await output.data<'float32'>();
      tf.dispose([input, output]);
      return values;
    };
  };
}

async function prepareOnnx(subject: Subject, backend: BenchBackend): Promise<Start> {
  const bytes = onnxModel(await openSubject(subject), inputShape(subject));
  const ort = await (backend === 'webgpu'
    ? import('onnxruntime-web/webgpu')
    : import('onnxruntime-web/wasm'));
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmPaths = '/packages/onnxruntime-web/dist/';
  return async () => {
    const session = await ort.InferenceSession.create(bytes, { executionProviders: [backend] });
    return async (batch, numPhotos) => {
      const input = new ort.Tensor('float32', batch, [numPhotos, ...inputShape(subject)]);
      const { output } = await session.run({ input });
      return (await output?.getData()) as Float32Array;
    };
  };
}

async function prepareLitert(
  { tflite, ...subject }: Subject,
  backend: BenchBackend,
): Promise<Start> {
  if (tflite === null || backend === 'webgl' || backend === 'cpu') {
    throw new Error(`No LiteRT for ${subject.name} on ${backend}`);
  }
  const bytes = batchOfOne(await (await fetchFile(tflite)).arrayBuffer());
  const { loadLiteRt, loadAndCompile, Tensor } = await import('@litertjs/core');
  importScriptsInModules();
  return async () => {
    await loadLiteRt('/packages/@litertjs/core/wasm/');
    const options = { accelerator: backend, cpuOptions: { numThreads: 1 } };
    const model = await loadAndCompile(bytes, options);
    const runOne = async (photo: Float32Array) => {
      const input = new Tensor(photo, [1, subject.inputSide, subject.inputSide, 3]);
      const onDevice = backend === 'webgpu' ? await input.moveTo('webgpu') : input;
      const [output] = await model.run(onDevice);
      const values = Float32Array.from((await output?.data()) ?? []);
      for (const tensor of [onDevice, output]) tensor?.delete();
      return values;
    };
    return async (batch, numPhotos) => {
      // The file's batch is of one photo.
      const rows: Float32Array[] = [];
      const size = batch.length / numPhotos;
      for (let i = 0; i < numPhotos; i++) {
        rows.push(await runOne(batch.slice(i * size, (i + 1) * size)));
      }
      return Float32Array.from(rows.flatMap((row) => [...row]));
    };
  };
}

/**
 * The file with batches of one photo: LiteRT.js does not run one whose batch is left open. In the file a
 * shape is its length, 2 or 4, and its sizes, of which the open one is -1.
 */
function batchOfOne(file: ArrayBuffer): Uint8Array {
  const words = new Int32Array(file, 0, Math.floor(file.byteLength / 4));
  for (let i = 1; i < words.length; i++) {
    const isShape = words[i - 1] === 2 || words[i - 1] === 4;
    if (isShape && words[i] === -1) words[i] = 1;
  }
  return new Uint8Array(file);
}

/** LiteRT loads its script in the way of classic workers, which modules do not have. */
function importScriptsInModules(): void {
  Object.assign(globalThis, {
    importScripts: (address: string) => {
      const request = new XMLHttpRequest();
      request.open('GET', address, false);
      request.send();
      // Indirect, so that what it declares is global.
      (0, eval)(request.responseText);
    },
  });
}

export function inputShape({ inputSide }: Pick<Subject, 'inputSide'>): number[] {
  return [inputSide, inputSide, 3];
}
