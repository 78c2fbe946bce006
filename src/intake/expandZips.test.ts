import { describe, expect, it } from 'vitest';
import { expandZips } from './expandZips.ts';
import { allOf, entryOf, expand, linesOf, streamOf, zipOf } from './intakeFixture.ts';

async function bytesOf(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await blob.arrayBuffer());
}

/** Writes little-endian `value` of `numBytes` at `offset` of every record that begins with `PK` and `kind`. */
function patch(
  bytes: Uint8Array<ArrayBuffer>,
  kind: readonly [number, number],
  offset: number,
  numBytes: 2 | 4,
  value: number,
): Blob {
  const patched = bytes.slice();
  const view = new DataView(patched.buffer);
  for (let at = 0; at + 46 <= patched.length + 24; at++) {
    const isRecord = [0x50, 0x4b, ...kind].every((byte, index) => patched[at + index] === byte);
    if (!isRecord) continue;
    if (numBytes === 2) view.setUint16(at + offset, value, true);
    else view.setUint32(at + offset, value, true);
  }
  return new Blob([patched]);
}

const DIRECTORY = [1, 2] as const;
const LOCAL = [3, 4] as const;
const END = [5, 6] as const;

describe('a zip', () => {
  it('becomes its files, without its own name, read when asked', async () => {
    const items = await expand('photos.zip', await zipOf(['daisy/1.jpg', 'roses/2.PNG', '3.txt']));
    expect(linesOf(items)).toEqual(['daisy/1.jpg', 'roses/2.PNG', '3.txt']);
    const blobs = await Promise.all(
      items.flatMap((item) => (item.kind === 'entry' ? [item.entry.read()] : [])),
    );
    expect(await Promise.all(blobs.map((blob) => blob.text()))).toEqual([
      'daisy/1.jpg',
      'roses/2.PNG',
      '3.txt',
    ]);
    expect(blobs.map(({ type }) => type)).toEqual(['image/jpeg', 'image/png', '']);
  });

  it('stays in the folder in which it lies', async () => {
    const items = await expand('flowers/daisy/more.ZIP', await zipOf(['1.jpg']));
    expect(linesOf(items)).toEqual(['flowers/daisy/1.jpg']);
  });

  it('is opened between other files, in their order', async () => {
    const zip = await zipOf(['daisy/2.jpg']);
    const entries = streamOf([entryOf('1.jpg'), entryOf('a.zip', zip), entryOf('3.jpg')]);
    expect(linesOf(await allOf(expandZips(entries)))).toEqual(['1.jpg', 'daisy/2.jpg', '3.jpg']);
  });

  it('loses what systems put into it', async () => {
    const zip = await zipOf(['__MACOSX/daisy/._1.jpg', 'daisy/.DS_Store', 'daisy/1.jpg']);
    expect(linesOf(await expand('a.zip', zip))).toEqual(['daisy/1.jpg']);
  });

  it('has backslashes of old Windows tools read as folders', async () => {
    expect(linesOf(await expand('a.zip', await zipOf(['daisy\\1.jpg'])))).toEqual(['daisy/1.jpg']);
  });

  it('that is none by its bytes is passed on for the decoder to judge', async () => {
    expect(linesOf(await expand('a.zip', new Blob(['\xff\xd8 a picture'])))).toEqual(['a.zip']);
  });

  it('that cannot be read is one problem', async () => {
    const entry = { path: 'a.zip', read: () => Promise.reject(new Error('NotReadableError')) };
    expect(linesOf(await allOf(expandZips(streamOf([entry]))))).toEqual(['unreadable: a.zip']);
  });

  it.each([
    ['no bytes', () => Promise.resolve(new Blob())],
    ['no files', () => zipOf([])],
    ['only clutter', () => zipOf(['.DS_Store'])],
  ])('with %s is empty', async (_, make) => {
    expect(linesOf(await expand('a.zip', await make()))).toEqual(['empty: a.zip']);
  });
});

describe('a Teachable Machine file', () => {
  it('gives its photos and never the manifest with its token', async () => {
    const zip = await zipOf(['A-!-0.jpg', 'B-!-0.jpg', 'manifest.json']);
    expect(linesOf(await expand('project.tm', zip))).toEqual(['A-!-0.jpg', 'B-!-0.jpg']);
    expect(linesOf(await expand('project.zip', zip))).toEqual(['A-!-0.jpg', 'B-!-0.jpg']);
  });

  it.each([
    [['model.json', 'metadata.json', 'weights.bin']],
    [['keras_model.h5', 'labels.txt']],
    [['export/model_unquant.tflite', 'export/labels.txt']],
    [['model.onnx', 'labels.txt', 'predict.py']],
  ])('of a model (%j) is one problem', async (paths) => {
    expect(linesOf(await expand('m.zip', await zipOf(paths)))).toEqual(['model-not-photos: m.zip']);
  });
});

describe('a hostile zip', () => {
  const files = ['daisy/1.jpg', 'daisy/2.jpg', 'roses/3.jpg'];

  it('cut off anywhere is one problem, or no zip at all', async () => {
    const whole = await bytesOf(await zipOf(files));
    for (let length = 1; length < whole.length; length += 7) {
      const lines = linesOf(await expand('a.zip', new Blob([whole.slice(0, length)])));
      expect(lines).toEqual(length < 4 ? ['a.zip'] : ['zip-damaged: a.zip']);
    }
  });

  it('with any second byte flipped never throws and never gives other bytes than were put in', async () => {
    const whole = await bytesOf(await zipOf(files));
    for (let at = 0; at < whole.length; at += 2) {
      const flipped = whole.slice();
      flipped[at] = (flipped[at] ?? 0) ^ 0xff;
      for (const item of await expand('a.zip', new Blob([flipped]))) {
        if (item.kind === 'problem' || item.entry.path === 'a.zip') continue;
        const text = await item.entry.read().then(
          (blob) => blob.text(),
          () => null,
        );
        if (text !== null) expect(files).toContain(text);
      }
    }
  });

  it('with paths that climb or begin at a root gives them as text', async () => {
    const paths = ['../../x/1.jpg', '/etc/2.jpg', 'C:/3.jpg', '<b onclick=x>/4.jpg'];
    expect(linesOf(await expand('a.zip', await zipOf(paths)))).toEqual(paths);
  });

  it('with a password gives one problem, and one for a single locked file', async () => {
    const locked = { path: 'b/2.jpg', options: { password: 'secret' } };
    expect(linesOf(await expand('a.zip', await zipOf([locked])))).toEqual(['zip-encrypted: a.zip']);
    expect(linesOf(await expand('a.zip', await zipOf(['a/1.jpg', locked])))).toEqual([
      'a/1.jpg',
      'zip-encrypted: b/2.jpg',
    ]);
  });

  it('in a zip is left closed', async () => {
    const zip = await zipOf(['a/1.jpg', { path: 'b/inner.zip', content: await zipOf(files) }]);
    expect(linesOf(await expand('a.zip', zip))).toEqual(['a/1.jpg', 'zip-in-zip: b/inner.zip']);
  });

  it('that unpacks to far more than its size is refused before it is unpacked', async () => {
    const zeros = new Blob([new Uint8Array(60e6)]);
    const bomb = await zipOf([{ path: 'a/1.jpg', content: zeros }]);
    expect(bomb.size).toBeLessThan(200e3);
    const [item] = await expand('a.zip', bomb);
    expect(item).toEqual({
      kind: 'problem',
      problem: { fileName: 'a.zip', problem: 'too-large', detail: '60 MB' },
    });
  });

  it('with one huge file gives a problem for that file', async () => {
    const content = new Blob([new Uint8Array(2e6)]);
    const zip = await zipOf([{ path: 'a/1.jpg', content, options: { level: 0 } }]);
    const huge = patch(await bytesOf(zip), DIRECTORY, 24, 4, 300e6);
    expect(linesOf(await expand('a.zip', huge))).toEqual(['too-large: a/1.jpg']);
  });

  it('with too many files is one problem', async () => {
    const numFiles = 50_001;
    const recordLength = 46;
    const records = new Uint8Array(numFiles * recordLength);
    for (let at = 0; at < records.length; at += recordLength) {
      records.set([0x50, 0x4b, ...DIRECTORY], at);
    }
    const end = new DataView(new ArrayBuffer(22));
    new Uint8Array(end.buffer).set([0x50, 0x4b, ...END]);
    end.setUint16(8, numFiles % 65536, true);
    end.setUint16(10, numFiles % 65536, true);
    end.setUint32(12, records.length, true);
    end.setUint32(16, 4, true);
    const zip = new Blob([new Uint8Array([0x50, 0x4b, ...LOCAL]), records, end]);
    expect(await expand('a.zip', zip)).toEqual([
      { kind: 'problem', problem: { fileName: 'a.zip', problem: 'too-large', detail: '> 50000' } },
    ]);
  });

  it('that hides its size stops unpacking at the size it gives', async () => {
    const zip = await zipOf([{ path: 'a/1.jpg', content: new Blob([new Uint8Array(5e6)]) }]);
    const small = await bytesOf(patch(await bytesOf(zip), DIRECTORY, 24, 4, 100));
    const [item] = await expand('a.zip', patch(small, LOCAL, 22, 4, 100));
    expect(item?.kind).toBe('entry');
    if (item?.kind === 'entry') await expect(item.entry.read()).rejects.toThrow();
  });

  it.each([
    ['entries', 10, 2, 0xfffe],
    ['bytes of directory', 12, 4, 0xfffffff0],
    ['offset of directory', 16, 4, 0xfffffff0],
  ] as const)('that claims a huge number of %s never throws', async (_, offset, size, value) => {
    const bytes = await bytesOf(await zipOf(files));
    const lines = linesOf(await expand('a.zip', patch(bytes, END, offset, size, value)));
    // The number of entries is wrong but the entries are there: either reading is fair.
    expect([files, ['zip-damaged: a.zip']]).toContainEqual(lines);
  });
});

describe('a zip that stores files as they are', () => {
  const stored = (path: string) => ({ path, options: { level: 0 } });

  it('gives them with their type', async () => {
    const zip = await zipOf([stored('a/1.jpg'), stored('a/2.png'), 'b/3.jpg']);
    const items = await expand('a.zip', zip);
    const blobs = items.flatMap((item) => (item.kind === 'entry' ? [item.entry.read()] : []));
    const texts = (await Promise.all(blobs)).map((blob) => blob.text());
    expect(await Promise.all(texts)).toEqual(['a/1.jpg', 'a/2.png', 'b/3.jpg']);
    expect((await blobs[1])?.type).toBe('image/png');
  });

  it('gives no other bytes when any byte is flipped', async () => {
    const files = ['a/1.jpg', 'a/2.jpg'];
    const whole = await bytesOf(await zipOf(files.map(stored)));
    for (let at = 0; at < whole.length; at += 1) {
      const flipped = whole.slice();
      flipped[at] = (flipped[at] ?? 0) ^ 0xff;
      for (const item of await expand('a.zip', new Blob([flipped]))) {
        if (item.kind === 'problem' || item.entry.path === 'a.zip') continue;
        const text = await item.entry.read().then(
          (blob) => blob.text(),
          () => null,
        );
        if (text !== null) expect(files).toContain(text);
      }
    }
  });
});
