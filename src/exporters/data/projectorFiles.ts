import { tableText } from '../../domain/dataNames.ts';
import { encodeFloat16, decodeFloat16 } from '../../domain/float16.ts';
import { spriteGrid } from '../../domain/spriteGrid.ts';
import { blobFile, type BlobFile } from '../blobFile.ts';
import type { PhotoRows } from './photoRows.ts';

/** The name under which the sprite, which is made of pictures elsewhere, belongs beside them. */
const SPRITE_PATH = 'sprite.png';

/**
 * What the Embedding Projector reads: vectors and what is known of them as tab-separated values, and how
 * they belong together, as JSON for projector.tensorflow.org and in protobuf's text form for TensorBoard.
 */
export async function projectorFiles(rows: PhotoRows): Promise<BlobFile[]> {
  const vectors = await vectorsFile(rows.batches);
  const numPhotos = rows.photos.length;
  const { tileSide } = spriteGrid(numPhotos);
  const embedding = {
    tensorName: 'activations',
    tensorShape: [numPhotos, rows.activationSize],
    tensorPath: 'vectors.tsv',
    metadataPath: 'metadata.tsv',
    sprite: { imagePath: SPRITE_PATH, singleImageDim: [tileSide, tileSide] },
  };
  const config = JSON.stringify({ embeddings: [embedding] }, null, 2);
  return [
    blobFile('vectors.tsv', vectors),
    blobFile('metadata.tsv', metadata(rows)),
    blobFile('projector_config.json', config),
    blobFile('projector_config.pbtxt', protobufText(embedding)),
  ];
}

/** A line per photo, without heading. */
async function vectorsFile(batches: PhotoRows['batches']): Promise<Blob> {
  const textOf = createDecimals();
  const parts: Blob[] = [];
  for await (const rows of batches) {
    const lines = rows.map((row) => `${Array.from(row, textOf).join('\t')}\n`);
    parts.push(new Blob([lines.join('')]));
  }
  return new Blob(parts, { type: 'text/tab-separated-values' });
}

/** The shortest decimal number that half precision reads as the same value; each is looked for once. */
function createDecimals(): (bits: number) => string {
  const known: string[] = [];
  return (bits) => (known[bits] ??= shortestDecimal(bits));
}

/** Five significant digits tell any two float16 apart. */
function shortestDecimal(bits: number): string {
  const [value = NaN] = decodeFloat16(Uint16Array.of(bits));
  for (let digits = 1; digits < 5; digits++) {
    const decimal = Number(value.toPrecision(digits));
    if (encodeFloat16(Float32Array.of(decimal))[0] === bits) return String(decimal);
  }
  return String(Number(value.toPrecision(5)));
}

const COLUMNS = ['class', 'class_index', 'part', 'photo', 'id'];

function metadata({ photos, classNames }: PhotoRows): string {
  const rows = photos.map(({ imageHash, classIndex, part, fileName }) => [
    tableText(classNames[classIndex] ?? '', `class ${classIndex}`),
    String(classIndex),
    part,
    tableText(fileName, imageHash),
    imageHash,
  ]);
  return [COLUMNS, ...rows].map((row) => `${row.join('\t')}\n`).join('');
}

function protobufText({
  tensorName,
  tensorShape,
  tensorPath,
  metadataPath,
  sprite: { imagePath, singleImageDim },
}: {
  readonly tensorName: string;
  readonly tensorShape: readonly number[];
  readonly tensorPath: string;
  readonly metadataPath: string;
  readonly sprite: { readonly imagePath: string; readonly singleImageDim: readonly number[] };
}): string {
  return [
    'embeddings {',
    `  tensor_name: "${tensorName}"`,
    ...tensorShape.map((size) => `  tensor_shape: ${size}`),
    `  tensor_path: "${tensorPath}"`,
    `  metadata_path: "${metadataPath}"`,
    '  sprite {',
    `    image_path: "${imagePath}"`,
    ...singleImageDim.map((size) => `    single_image_dim: ${size}`),
    '  }',
    '}',
    '',
  ].join('\n');
}
