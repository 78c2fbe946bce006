import { InferenceSession, Tensor } from 'onnxruntime-web';

/** A function from the values and the shape of the input to the probabilities. */
export async function openModel(read) {
  const session = await InferenceSession.create(new Uint8Array(await read('model.onnx')));
  return async (values, shape) => {
    const { output } = await session.run({ input: new Tensor('float32', values, shape) });
    return output.data;
  };
}
