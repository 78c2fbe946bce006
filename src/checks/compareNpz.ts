import { arrayText } from '../domain/dataNames.ts';
import { dataFile, storedRows, type DataUnderCheck } from './dataUnderCheck.ts';
import { halfValue } from './halfValue.ts';
import { readNpz, type ReadArray } from './readNpz.ts';

/** Compares `activations.npz` with the stored activations, classes and photos. Errors: Error. */
export async function compareNpz(data: DataUnderCheck): Promise<void> {
  const { files, head, photos, comparison } = data;
  const arrays = await readNpz(dataFile(files, 'activations.npz'));
  const open = async (name: string): Promise<ReadArray> => {
    const array = await arrays.get(name)?.();
    if (array === undefined) throw new Error(`The array ${name} is missing`);
    return array;
  };
  await compareActivations(data, await open('activations'));
  const labels = await readIntegers(await open('labels'));
  comparison.values(
    'labels',
    labels,
    photos.map(({ classIndex }) => classIndex),
  );
  const texts: readonly (readonly [name: string, expected: readonly string[]])[] = [
    ['parts', photos.map(({ part }) => part)],
    ['class_names', head.classifier.labels.map(({ name }) => arrayText(name))],
    ['photo_names', photos.map(({ fileName }) => arrayText(fileName))],
    ['photo_ids', photos.map(({ imageHash }) => imageHash)],
  ];
  for (const [name, expected] of texts) {
    comparison.values(name, await readTexts(await open(name)), expected);
  }
  const [about = ''] = await readTexts(await open('about'));
  const { base, cut, preprocessing } = JSON.parse(about) as Record<string, unknown>;
  const { classifier } = head;
  comparison.json('about', base, { id: classifier.baseId, graphHash: classifier.graphHash });
  comparison.json('about', cut, classifier.cut);
  comparison.json('about', preprocessing, classifier.preprocessing);
}

async function compareActivations(data: DataUnderCheck, array: ReadArray): Promise<void> {
  const { comparison, photos } = data;
  const [numRows = 0, rowLength = 0] = array.shape;
  comparison.value('activations', array.type, '<f4');
  comparison.value('activations', numRows, photos.length);
  for await (const stored of storedRows(data)) {
    const bytes = await array.values.take(rowLength * 4);
    comparison.values(
      'activations',
      new Float32Array(bytes.buffer),
      Float64Array.from(stored, halfValue),
    );
  }
  await requireEnd('activations', array);
}

async function readIntegers(array: ReadArray): Promise<number[]> {
  const bytes = await array.values.take((array.shape[0] ?? 0) * 8);
  await requireEnd('labels', array);
  if (array.type !== '<i8') throw new Error(`Whole numbers of type ${array.type}`);
  return Array.from(new BigInt64Array(bytes.buffer), Number);
}

/** Texts in UTF-32, filled up with zeros. */
async function readTexts(array: ReadArray): Promise<string[]> {
  const [, length = ''] = /^<U(\d+)$/.exec(array.type) ?? [];
  const [numTexts = 1] = array.shape;
  const bytes = await array.values.take(numTexts * Number(length) * 4);
  await requireEnd('texts', array);
  const words = new Uint32Array(bytes.buffer);
  return Array.from({ length: numTexts }, (_, i) => {
    const codes = words.subarray(i * Number(length), (i + 1) * Number(length));
    return Array.from(codes, (code) => String.fromCodePoint(code))
      .join('')
      .replace(/\0+$/, '');
  });
}

async function requireEnd(name: string, { values }: ReadArray): Promise<void> {
  if (!(await values.isAtEnd())) throw new Error(`The array ${name} is longer than it says`);
}
