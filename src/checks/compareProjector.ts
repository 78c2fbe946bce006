import { tableText } from '../domain/dataNames.ts';
import { compareSprite } from './compareSprite.ts';
import { dataFile, dataJson, storedRows, type DataUnderCheck } from './dataUnderCheck.ts';
import { halfValue, isHalf } from './halfValue.ts';
import { readLines } from './readLines.ts';

interface ProjectorConfig {
  readonly embeddings: readonly [
    {
      readonly tensorShape: readonly number[];
      readonly tensorPath: string;
      readonly metadataPath: string;
      readonly sprite: {
        readonly imagePath: string;
        readonly singleImageDim: readonly [number, number];
      };
    },
  ];
}

/** Compares what the Embedding Projector would read, as its config names it, with what is stored. Errors: Error. */
export async function compareProjector(data: DataUnderCheck): Promise<void> {
  const { files, photos, comparison } = data;
  const config = (await dataJson(files, 'projector_config.json')) as ProjectorConfig;
  const [{ tensorShape, tensorPath, metadataPath, sprite }] = config.embeddings;
  comparison.value('projector_config.json', tensorShape[0], photos.length);
  await compareVectors(data, dataFile(files, tensorPath), tensorShape[1] ?? 0);
  await compareMetadata(data, dataFile(files, metadataPath));
  await compareSprite(data, dataFile(files, sprite.imagePath), sprite.singleImageDim[0]);
}

async function compareVectors(data: DataUnderCheck, file: Blob, size: number): Promise<void> {
  const { comparison } = data;
  const lines = readLines(file);
  for await (const stored of storedRows(data)) {
    const line = await lines.next();
    const cells = line.done === true ? [] : line.value.split('\t');
    comparison.value('projector_config.json', size, stored.length);
    comparison.numValues += stored.length;
    for (let i = 0; i < Math.max(cells.length, stored.length); i++) {
      const [cell = '', bits = NaN] = [cells[i], stored[i]];
      const number = cell === '' ? NaN : Number(cell);
      if (!isHalf(number, bits)) comparison.differs('vectors.tsv', number - halfValue(bits));
    }
  }
  if ((await lines.next()).done !== true) comparison.differs('vectors.tsv', Infinity);
}

const COLUMNS = ['class', 'class_index', 'part', 'photo', 'id'];

async function compareMetadata(
  { head, photos, comparison }: DataUnderCheck,
  file: Blob,
): Promise<void> {
  const rows = photos.map(({ classIndex, part, fileName, imageHash }) => {
    const name = head.classifier.labels[classIndex]?.name ?? '';
    const className = tableText(name, `class ${classIndex}`);
    return [className, String(classIndex), part, tableText(fileName, imageHash), imageHash];
  });
  let index = 0;
  for await (const line of readLines(file)) {
    comparison.values('metadata.tsv', line.split('\t'), [COLUMNS, ...rows][index] ?? []);
    index++;
  }
  comparison.value('metadata.tsv', index, rows.length + 1);
}
