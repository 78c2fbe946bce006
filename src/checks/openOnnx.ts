import * as ort from 'onnxruntime-web/wasm';
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { fileBytes, type OpenModel } from './runModel.ts';

/** ONNX Runtime Web on WASM, in one thread: a check is a few pictures. */
export const openOnnx: OpenModel = async (files, inputShape) => {
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmPaths = { wasm: wasmUrl };
  const session = await ort.InferenceSession.create(fileBytes(files, 'model.onnx'));
  return async (pixels, numPhotos) => {
    const input = new ort.Tensor('float32', pixels, [numPhotos, ...inputShape]);
    const { output } = await session.run({ input });
    return (await output?.getData()) as Float32Array;
  };
};
