import { numInputChannels, type PreprocessingSpec } from '../domain/preprocessing.ts';
import { writeInput } from '../engine/preprocess.ts';
import type { PhotoOutput, PreparedPhoto } from './photoProtocol.ts';

/** Runs those of the photos that could be prepared as one batch; each gets its row of the output. */
export async function runPrepared(
  photos: readonly PreparedPhoto[],
  spec: PreprocessingSpec,
  run: (batch: Float32Array, numPhotos: number) => Promise<Float32Array>,
): Promise<readonly PhotoOutput[]> {
  const numDecoded = photos.filter(({ status }) => status === 'decoded').length;
  const inputSize = spec.inputHeight * spec.inputWidth * numInputChannels(spec);
  const batch = new Float32Array(numDecoded * inputSize);
  let row = 0;
  for (const photo of photos) {
    if (photo.status === 'decoded') writeInput(photo.value, spec, batch, row++ * inputSize);
  }
  const output = numDecoded === 0 ? new Float32Array() : await run(batch, numDecoded);
  const outputSize = output.length / numDecoded;
  row = 0;
  return photos.map((photo) =>
    photo.status === 'rejected'
      ? photo
      : { status: 'decoded', value: output.slice(row * outputSize, ++row * outputSize) },
  );
}
