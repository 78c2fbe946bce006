import * as ort from 'onnxruntime-web/wasm';
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { encodeModel } from '../exporters/onnx/messages.ts';
import { fileBytes, type Runtime } from './runModel.ts';

let starting: Promise<unknown> | null = null;

/** ONNX Runtime Web on WASM, in one thread: a check is a few pictures. */
export const onnx: Runtime = {
  start: () => (starting ??= startOnnxRuntime()),
  open: async (files, inputShape) => {
    await onnx.start();
    const session = await ort.InferenceSession.create(fileBytes(files, 'model.onnx'));
    return {
      run: async (pixels, numPhotos) => {
        const input = new ort.Tensor('float32', pixels, [numPhotos, ...inputShape]);
        const { output } = await session.run({ input });
        return (await output?.getData()) as Float32Array;
      },
      dispose: () => session.release(),
    };
  },
};

/** The runtime starts with its first session: here that of a model that gives back its input. */
async function startOnnxRuntime(): Promise<void> {
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmPaths = { wasm: wasmUrl };
  const model = encodeModel({
    nodes: [{ operator: 'Identity', inputs: ['input'], output: 'output' }],
    constants: [],
    input: { name: 'input', sizes: [1] },
    output: { name: 'output', sizes: [1] },
  });
  const session = await ort.InferenceSession.create(model);
  await session.release();
}
