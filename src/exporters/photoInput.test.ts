import { describe, expect, it } from 'vitest';
import {
  CHANNEL_ORDERS,
  FRAMINGS,
  numInputChannels,
  type PreprocessingSpec,
} from '../domain/preprocessing.ts';
import { createRandom, type Random } from '../domain/random.ts';
import { preprocessPixels, writeInput, type Picture } from '../engine/preprocess.ts';

interface PhotoInput {
  readonly photoInput: (
    picture: Pick<Picture, 'width' | 'height'> & { readonly data: Uint8ClampedArray },
    spec: PreprocessingSpec,
  ) => Float32Array;
}

const address = new URL('./snippets/examples/photo_input.js', import.meta.url).href;
const { photoInput } = (await import(address)) as PhotoInput;

/** Noise, which shows every wrong weight; a quarter of the pictures are transparent in places. */
function randomPicture(random: Random): Picture {
  const side = () => 1 + Math.floor(random.next() ** 3 * 300);
  const [width, height] = [side(), side()];
  const isOpaque = random.next() < 0.75;
  const rgba = Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) =>
    i % 4 === 3 && isOpaque ? 255 : Math.floor(random.next() * 256),
  );
  return { rgba, width, height };
}

function appInput(picture: Picture, spec: PreprocessingSpec): Float32Array {
  const pixels = preprocessPixels(picture, spec);
  const input = new Float32Array((pixels.length / 3) * numInputChannels(spec));
  writeInput(pixels, spec, input, 0);
  return input;
}

describe('photo_input.js', () => {
  it.each(FRAMINGS)('gives the values that the app gives: %s', (framing) => {
    const random = createRandom(4);
    for (let i = 0; i < 24; i++) {
      const { rgba, width, height } = randomPicture(random);
      const spec: PreprocessingSpec = {
        version: 1,
        framing,
        inputWidth: 1 + Math.floor(random.next() * 40),
        inputHeight: 1 + Math.floor(random.next() * 40),
        channelOrder: CHANNEL_ORDERS[i % 3] ?? 'rgb',
        scale: [1 / 127],
        offset: i % 3 === 1 ? [-1, 2, 5] : [-1],
      };
      const input = photoInput({ data: rgba, width, height }, spec);
      expect(input).toEqual(appInput({ rgba, width, height }, spec));
    }
  });
});
