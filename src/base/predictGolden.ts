import type { GoldenAnswers, GoldenMethods } from '../bridge/exportMethods.ts';
import { drawGoldenPicture, NUM_GOLDEN_PICTURES } from '../domain/goldenPictures.ts';
import type { HeadId } from '../domain/ids.ts';
import { numInputChannels } from '../domain/preprocessing.ts';
import { encodePng } from '../engine/encodePng.ts';
import { writeInput } from '../engine/preprocess.ts';
import type { Services } from './services.ts';

type GoldenServices = Pick<Services, 'loadHead' | 'ladder' | 'photos'>;

/** Photos and what the app answers for them, by the preprocessing and the network that Predict has. */
export async function predictGolden(
  services: GoldenServices,
  { headId, imageHashes }: GoldenMethods['predictGolden']['params'],
): Promise<GoldenAnswers> {
  const { preprocessing: spec } = await services.loadHead(headId);
  const decoded = await Promise.all(
    imageHashes.map((hash) => services.photos.prepare([hash], spec)),
  );
  const found = decoded.flat().flatMap((each, i) => {
    const imageHash = imageHashes[i];
    if (each.status !== 'decoded' || imageHash === undefined) return [];
    return [{ imageHash, picture: each.value }];
  });
  const pictures = found.map(({ picture }) => picture);
  const answers = await answerAll(services, headId, pictures);
  return { ...answers, imageHashes: found.map(({ imageHash }) => imageHash) };
}

/** The drawings of `domain/goldenPictures` in the size of the input, likewise, and as files. */
export async function drawGolden(
  services: GoldenServices,
  { headId }: GoldenMethods['drawGolden']['params'],
): Promise<GoldenMethods['drawGolden']['result']> {
  const { inputHeight, inputWidth } = (await services.loadHead(headId)).preprocessing;
  const pictures = Array.from({ length: NUM_GOLDEN_PICTURES }, (_, index) =>
    drawGoldenPicture(index, inputHeight, inputWidth),
  );
  const files = pictures.map(async (picture, index) => ({
    path: `golden/${index + 1}.png`,
    bytes: new Blob([await encodePng(picture, inputHeight, inputWidth)]),
  }));
  return { golden: await answerAll(services, headId, pictures), files: await Promise.all(files) };
}

async function answerAll(
  { loadHead, ladder }: GoldenServices,
  headId: HeadId,
  pictures: Uint8ClampedArray<ArrayBuffer>[],
): Promise<GoldenAnswers> {
  const { loaded, runnable, preprocessing: spec } = await loadHead(headId);
  const { inputHeight, inputWidth } = spec;
  const numPixels = inputHeight * inputWidth;
  const rows: Float32Array[] = [];
  for (const picture of pictures) {
    const input = new Float32Array(numPixels * numInputChannels(spec));
    writeInput(picture, spec, input, 0);
    rows.push(await ladder.run(loaded, 'wasm', runnable, input, 1));
  }
  return {
    shape: [pictures.length, inputHeight, inputWidth, 3],
    pixels: new Blob(pictures),
    imageHashes: [],
    probabilities: Float32Array.from(rows.flatMap((row) => [...row])),
  };
}
