import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DEFAULT_AUGMENTATION, drawView } from '../domain/augmentation.ts';
import { SCRIPT_NAME } from '../domain/hostileFixture.ts';
import type { ClassLabelId, SampleId, Sha256 } from '../domain/ids.ts';
import type { RunSample } from '../domain/trainingRun.ts';
import { photoShards, type PhotoShard, type ShardInput } from './photoShards.ts';
import { withZipHere } from './intakeFixture.ts';
import { writeTrainingJob } from './trainingJob.ts';
import { listZip } from './zipReading.ts';

const folder = mkdtempSync(join(tmpdir(), 'graft-shards-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const NAMES = ['../../etc/passwd', SCRIPT_NAME, 'C:\\fleurs\\\u00e9t\u00e9\n.jpg', 'x'.repeat(300)];
const labels = [SCRIPT_NAME, '..'].map((name, i) => ({
  id: name as ClassLabelId,
  name,
  colorIndex: i,
}));

/** Photos of 1, 513 … bytes, two of each class; the third is held out. */
const samples = NAMES.map((name, i): RunSample => ({
  sampleId: name as SampleId,
  imageHash: `hash-${i}` as Sha256,
  classIndex: i % 2,
  part: i === 2 ? 'validation' : 'train',
}));
const bytesOf = (i: number) => Uint8Array.from({ length: 1 + 512 * i }, (_, at) => at + i);

function inputOf(changes: Partial<ShardInput> = {}): ShardInput {
  return {
    run: { samples, classifier: { labels } },
    fileNames: new Map(NAMES.map((name) => [name as SampleId, name])),
    getImage: (hash) => {
      const type = hash === 'hash-1' ? 'image/png' : 'image/jpeg';
      return Promise.resolve(new Blob([bytesOf(Number(hash.slice(5)))], { type }));
    },
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...changes,
  };
}

async function shardsOf(input: ShardInput, maxBytes?: number): Promise<PhotoShard[]> {
  const shards: PhotoShard[] = [];
  for await (const shard of photoShards(input, maxBytes)) shards.push(shard);
  return shards;
}

/** As the machine's own tar has it. */
async function unpacked(shard: PhotoShard | undefined): Promise<Map<string, Buffer>> {
  if (shard === undefined) throw new Error('There is no such shard');
  const { name, tar } = shard;
  const path = join(folder, name);
  writeFileSync(path, new Uint8Array(await tar.arrayBuffer()));
  const listed = execFileSync('tar', ['-tf', path], { encoding: 'utf8' }).trim().split('\n');
  return new Map(listed.map((entry) => [entry, execFileSync('tar', ['-xOf', path, entry])]));
}

const factsIn = (files: Map<string, Buffer>, name: string) =>
  JSON.parse(files.get(name)?.toString() ?? 'null') as unknown;

describe('photoShards', () => {
  it('writes tar files of photos under numbers, whatever they and their classes are called', async () => {
    const [shard, ...more] = await shardsOf(inputOf());
    expect(more).toEqual([]);
    const files = await unpacked(shard);
    expect([...files.keys()]).toEqual([
      ...['00000000.json', '00000000.jpg', '00000001.json', '00000001.png'],
      ...['00000002.json', '00000002.jpg', '00000003.json', '00000003.jpg'],
    ]);
    for (const i of [0, 2, 3]) {
      expect(files.get(`0000000${i}.jpg`)).toEqual(Buffer.from(bytesOf(i)));
    }
    expect(factsIn(files, '00000002.json')).toEqual({
      classIndex: 0,
      class: SCRIPT_NAME,
      part: 'validation',
      name: NAMES[2],
    });
  });

  it('begins another shard before one grows too large, and has a large photo alone', async () => {
    const shards = await shardsOf(inputOf(), 3000);
    expect(shards.map(({ name, numPhotos }) => [name, numPhotos])).toEqual([
      ['shard-000000.tar', 1],
      ['shard-000001.tar', 1],
      ['shard-000002.tar', 1],
      ['shard-000003.tar', 1],
    ]);
    expect([...(await unpacked(shards[3])).keys()]).toEqual(['00000003.json', '00000003.jpg']);
  });

  it('tells of the views of photos that are trained on, with their numbers', async () => {
    const augmentation = { ...DEFAULT_AUGMENTATION, numViews: 2 };
    const { run } = inputOf();
    const [shard] = await shardsOf(inputOf({ run: { ...run, augmentation } }));
    const files = await unpacked(shard);
    expect(factsIn(files, '00000000.json')).toMatchObject({
      views: [0, 1].map((i) => drawView(augmentation, 'hash-0' as Sha256, i)),
    });
    expect(factsIn(files, '00000002.json')).not.toHaveProperty('views');
  });
});

describe('writeTrainingJob', () => {
  const files = [{ path: 'train.py', bytes: new Blob([Uint8Array.of(1)]) }];

  it('leaves photos out that are gone, and counts them', async () => {
    const { getImage } = inputOf();
    const without = inputOf({
      getImage: (hash) => (hash === 'hash-1' ? Promise.resolve(undefined) : getImage(hash)),
    });
    const { zip, numLeftOut } = await writeTrainingJob(withZipHere, files, without);
    expect(numLeftOut).toBe(1);
    const paths: string[] = [];
    for await (const { path } of listZip(new File([zip], 'job.zip'))) paths.push(path);
    expect(paths).toEqual(['train.py', 'photos/shard-000000.tar']);
  });

  it('reports each photo and ends when it is cancelled', async () => {
    const controller = new AbortController();
    const seen: number[] = [];
    const writing = writeTrainingJob(
      withZipHere,
      files,
      inputOf({
        signal: controller.signal,
        onProgress: (done) => {
          seen.push(done);
          if (done === 2) controller.abort();
        },
      }),
    );
    await expect(writing).rejects.toMatchObject({ code: 'cancelled' });
    expect(seen).toEqual([1, 2]);
  });
});
