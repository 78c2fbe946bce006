import type { GoldenAnswers, GoldenMethods } from '../bridge/exportMethods.ts';
import { createRandom } from '../domain/random.ts';
import type { PreprocessingSpec } from '../domain/preprocessing.ts';
import { numInputChannels } from '../domain/preprocessing.ts';
import { writeInput } from '../engine/preprocess.ts';
import type { Services } from './services.ts';

type PredictGolden = GoldenMethods['predictGolden'];

/** Pictures and what the app answers for them, by the preprocessing and the network that Predict has. */
export async function predictGolden(
  { loadHead, ladder, photos }: Pick<Services, 'loadHead' | 'ladder' | 'photos'>,
  { headId, imageHashes }: PredictGolden['params'],
): Promise<GoldenAnswers> {
  const { loaded, runnable, preprocessing: spec } = await loadHead(headId);
  const decoded = await Promise.all(imageHashes.map((hash) => photos.prepare([hash], spec)));
  const found = decoded.flat().flatMap((each, i) => {
    const imageHash = imageHashes[i];
    if (each.status !== 'decoded' || imageHash === undefined) return [];
    return [{ imageHash, picture: each.value }];
  });
  const pictures = found.length > 0 ? found.map(({ picture }) => picture) : generatedPictures(spec);
  const { inputHeight, inputWidth } = spec;
  const numPixels = inputHeight * inputWidth;
  const pixels = new Uint8ClampedArray(pictures.length * numPixels * 3);
  const rows: Float32Array[] = [];
  for (const [i, picture] of pictures.entries()) {
    pixels.set(picture, i * numPixels * 3);
    const input = new Float32Array(numPixels * numInputChannels(spec));
    writeInput(picture, spec, input, 0);
    rows.push(await ladder.run(loaded, 'wasm', runnable, input, 1));
  }
  const probabilities = Float32Array.from(rows.flatMap((row) => [...row]));
  return {
    shape: [pictures.length, inputHeight, inputWidth, 3],
    pixels,
    imageHashes: found.map(({ imageHash }) => imageHash),
    probabilities,
  };
}

const NUM_GENERATED = 4;

/** Slopes of colour with noise on them: they tell a wrong layer or channel as well as photos do. */
function generatedPictures({ inputHeight, inputWidth }: PreprocessingSpec): Uint8ClampedArray[] {
  return Array.from({ length: NUM_GENERATED }, (_, seed) => {
    const random = createRandom(seed);
    const slopes = Array.from({ length: 9 }, () => random.next() * 255);
    return Uint8ClampedArray.from({ length: inputHeight * inputWidth * 3 }, (_value, i) => {
      const channel = i % 3;
      const x = (Math.floor(i / 3) % inputWidth) / inputWidth;
      const y = Math.floor(i / 3 / inputWidth) / inputHeight;
      const [level = 0, across = 0, down = 0] = slopes.slice(channel * 3, channel * 3 + 3);
      return level / 3 + across * x * 0.5 + down * y * 0.5 + random.next() * 40;
    });
  });
}
