import { arrayText } from '../../domain/dataNames.ts';
import { decodeFloat16 } from '../../domain/float16.ts';
import { integerArray, textArray } from './npyArray.ts';
import { npzFile } from './npzFile.ts';
import type { PhotoRows } from './photoRows.ts';

/**
 * `activations.npz`. Activations are stored in half precision and written in single: NumPy computes products
 * and sums of float16 in float16, where they overflow at 65,504, and packed they take little more.
 * `about`: JSON on where they come from.
 */
export function activationsNpz(
  { photos, classNames, activationSize, batches }: PhotoRows,
  about: object,
): Promise<Blob> {
  return npzFile([
    {
      name: 'activations',
      type: '<f4',
      shape: [photos.length, activationSize],
      chunks: singlePrecision(batches),
    },
    integerArray(
      'labels',
      photos.map(({ classIndex }) => classIndex),
    ),
    textArray(
      'parts',
      photos.map(({ part }) => part),
    ),
    textArray('class_names', classNames.map(arrayText)),
    textArray(
      'photo_names',
      photos.map(({ fileName }) => arrayText(fileName)),
    ),
    textArray(
      'photo_ids',
      photos.map(({ imageHash }) => imageHash),
    ),
    textArray('about', JSON.stringify(about)),
  ]);
}

async function* singlePrecision(batches: PhotoRows['batches']): AsyncGenerator<Uint8Array> {
  for await (const rows of batches) {
    for (const row of rows) yield new Uint8Array(decodeFloat16(row).buffer);
  }
}
