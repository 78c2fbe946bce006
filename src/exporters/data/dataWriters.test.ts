import { expect, it } from 'vitest';
import { GraftError } from '../../domain/errors.ts';
import { encodeFloat16 } from '../../domain/float16.ts';
import type { Sha256 } from '../../domain/ids.ts';
import { bytesInMemory } from '../../network/byteSource.ts';
import { readHeader } from '../../network/safetensors/header.ts';
import { tensorAt } from '../../network/safetensors/tensorValues.ts';
import { npyHeader } from './npyArray.ts';
import { npzFile } from './npzFile.ts';
import type { PhotoRows } from './photoRows.ts';
import { projectorFiles } from './projectorFiles.ts';
import { safetensorsFile } from './safetensorsFile.ts';

it('begins an array as NumPy does', () => {
  // numpy.save of numpy.zeros((3,), "<f4"), NumPy 2.4
  const text = "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }";
  const header = npyHeader({ type: '<f4', shape: [3] });
  expect(header).toHaveLength(128);
  expect([...header.subarray(0, 10)]).toEqual([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 118, 0]);
  expect(new TextDecoder().decode(header.subarray(10))).toBe(`${text.padEnd(117)}\n`);
});

it('lets an error of the values through, such as Cancel', async () => {
  const cancelled = new GraftError('cancelled', 'Cancelled');
  const chunks = (async function* () {
    yield await Promise.resolve(new Uint8Array(4));
    throw cancelled;
  })();
  const writing = npzFile([{ name: 'x', type: '<f4', shape: [2], chunks }]);
  await expect(writing).rejects.toMatchObject({ code: 'cancelled' });
});

it('writes tensors that the importer reads', async () => {
  const values = Float32Array.of(1, -2.5, 3e-8, 4);
  const tensors = [
    { name: 'head "ü"', shape: [2, 2], values },
    { name: '__proto__', shape: [1], values: values.subarray(1, 2) },
  ];
  const bytes = new Uint8Array(await safetensorsFile(tensors, { format: 'x' }).arrayBuffer());
  const source = bytesInMemory('head.safetensors', bytes);
  const header = readHeader(source);
  expect([...header.tensors.keys()]).toEqual(['head "ü"', '__proto__']);
  for (const { name, shape, values: written } of tensors) {
    const place = header.tensors.get(name);
    if (place === undefined) throw new Error(name);
    expect(place.start % 4).toBe(0);
    expect(place.shape).toEqual(shape);
    expect(tensorAt(source, place).values).toEqual(written);
  }
});

function rowsOf(bits: readonly Uint16Array[], classNames: readonly string[]): PhotoRows {
  return {
    photos: bits.map((_, i) => ({
      imageHash: String(i).padStart(64, '0') as Sha256,
      classIndex: i % classNames.length,
      part: 'train',
      fileName: `photo\t${i}\n.jpg`,
    })),
    classNames,
    activationSize: bits[0]?.length ?? 0,
    batches: (async function* () {
      for (const row of bits) yield await Promise.resolve([row]);
    })(),
  };
}

async function filesOf(rows: PhotoRows): Promise<Map<string, string>> {
  const files = await projectorFiles(rows);
  const texts = files.map(async ({ path, bytes }) => [path, await bytes.text()] as const);
  return new Map(await Promise.all(texts));
}

it('writes every finite number of half precision so that it is read again as the same', async () => {
  const all = Uint16Array.from({ length: 65536 }, (_, bits) => bits);
  const finite = all.filter((bits) => (bits & 0x7c00) !== 0x7c00);
  const text = (await filesOf(rowsOf([finite], ['a']))).get('vectors.tsv') ?? '';
  const cells = text.trimEnd().split('\t');
  expect(cells).toHaveLength(finite.length);
  const read = encodeFloat16(Float32Array.from(cells, Number));
  // Minus zero is zero.
  const isSame = (bits: number, i: number) => bits === finite[i] || finite[i] === 0x8000;
  expect(read.every(isSame)).toBe(true);
  expect(Math.max(...cells.map(({ length }) => length))).toBeLessThan(13);
});

it('keeps a photo to a line, whatever the names are', async () => {
  const rows = rowsOf(
    [Uint16Array.of(0, 0x3c00), Uint16Array.of(0x4000, 0), Uint16Array.of(1, 2)],
    ['<b>\t"x"\r\n', '\u2028', '7'],
  );
  const files = await filesOf(rows);
  expect(files.get('vectors.tsv')?.split('\n').slice(0, 2)).toEqual(['0\t1', '2\t0']);
  const lines = files.get('metadata.tsv')?.trimEnd().split('\n') ?? [];
  expect(lines.map((line) => line.split('\t').slice(0, 4))).toEqual([
    ['class', 'class_index', 'part', 'photo'],
    ['<b> "x"', '0', 'train', 'photo 0 .jpg'],
    ['class 1', '1', 'train', 'photo 1 .jpg'],
    ['7', '2', 'train', 'photo 2 .jpg'],
  ]);
});

it('tells the projector and TensorBoard how the files belong together', async () => {
  const files = await filesOf(rowsOf([Uint16Array.of(0, 1), Uint16Array.of(2, 3)], ['a']));
  const sprite = { imagePath: 'sprite.png', singleImageDim: [64, 64] };
  expect(JSON.parse(files.get('projector_config.json') ?? '')).toEqual({
    embeddings: [
      {
        tensorName: 'activations',
        tensorShape: [2, 2],
        tensorPath: 'vectors.tsv',
        metadataPath: 'metadata.tsv',
        sprite,
      },
    ],
  });
  expect(files.get('projector_config.pbtxt')).toContain('tensor_path: "vectors.tsv"');
});
