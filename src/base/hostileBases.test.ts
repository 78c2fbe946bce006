import 'fake-indexeddb/auto';
import '../engine/fileReaderSyncFixture.ts';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import messages from '../app/i18n/en/messages.json';
import { GraftError } from '../domain/errors.ts';
import {
  flips,
  hostileJson,
  hugeCounts,
  truncations,
  type HostileFile,
} from '../domain/hostileFixture.ts';
import { largestBufferOf } from '../domain/largestBufferFixture.ts';
import { createRandom } from '../domain/random.ts';
import { loadHdf5Library } from '../network/hdf5/library.ts';
import expected from '../../tools/torch-fixtures/expected.json';
import { describeBase } from './describeBase.ts';
import { hostileSubjects, type Subject, type SubjectFile } from './hostileSubjectsFixture.ts';
import { importBase } from './importBase.ts';
import { openModel } from './openModel.ts';
import type { Services } from './services.ts';
import { openBaseServices } from './servicesFixture.ts';
import { removeBase } from './storedBases.ts';

const MIB = 2 ** 20;
/** No file here is larger than 2 MiB. */
const MAX_BUFFER = 32 * MIB;
/** What HDF5's library begins with is 16 MiB; it never gives memory back. */
const MAX_HDF5_MEMORY = 64 * MIB;
/** Behind the headers of the larger files there are only weights. */
const HEAD_BYTES = 20_000;

const subjects = await hostileSubjects(expected.mobileNetV2.torchvision.tensors);

let services: Services;

beforeEach(async () => {
  vi.stubGlobal('self', { location: { href: 'http://localhost/src/base/base.worker.ts' } });
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json([])));
  // TF.js remarks on every graph that it runs.
  vi.spyOn(console, 'warn').mockReturnValue();
  services = await openBaseServices();
  return () => vi.unstubAllGlobals();
});

/** What is wrong with how the import of these files ends; `null` where it ends as it should. */
async function complaintAbout(files: readonly SubjectFile[]): Promise<string | null> {
  try {
    const given = files.map(({ name, bytes }) => new File([bytes], name));
    const { base } = await importBase(services, { files: given });
    const { layers } = await describeBase(services, { baseId: base.id });
    await removeBase(services, { baseId: base.id });
    if (isModel(files)) {
      const model = await openModel(services, { files: given });
      await removeBase(services, { baseId: model.base.id });
    }
    const isWhole = layers.length > 0 && base.graphHash.length === 64 && base.inputWidth > 0;
    return isWhole ? null : 'gave a base that is none';
  } catch (thrown) {
    if (!(thrown instanceof GraftError)) return String((thrown as Error).stack);
    const sentence = messages.failure[thrown.code];
    return ABOUT_FILES.includes(thrown.code) && sentence !== ''
      ? null
      : `ended in ${thrown.code}: ${thrown.message}`;
  }
}

const ABOUT_FILES: readonly string[] = [
  'base-invalid',
  'unsupported-layer',
  'no-classifier',
  'labels-missing',
  'labels-mismatch',
];

/** Whether a project could be made of it too. */
function isModel(files: readonly SubjectFile[]): boolean {
  return files.some(({ name }) => name === 'metadata.json' || name === 'labels.txt');
}

/** Every file of the subject made hostile in every way, the others left as they are. */
function* casesOf({ files }: Subject) {
  const random = createRandom(5);
  for (const [at, file] of files.entries()) {
    const isJson = file.name.endsWith('.json');
    const made: HostileFile[] = [
      ...truncations(file.bytes),
      // Every one that only changes weights is hashed to the end.
      ...flips(file.bytes, file.bytes.length > MIB ? 10 : 60, random),
      ...flips(file.bytes, 40, random, Math.min(file.bytes.length, HEAD_BYTES)),
      ...hugeCounts(file.bytes, 60, random, Math.min(file.bytes.length, HEAD_BYTES)),
      ...(isJson ? hostileJson(new TextDecoder().decode(file.bytes), 100, random) : []),
    ];
    for (const { title, bytes } of made) {
      yield { title: `${file.name} ${title}`, files: files.with(at, { name: file.name, bytes }) };
    }
  }
}

describe.each(subjects)('$title', (subject) => {
  it('is a base', async () => {
    const given = subject.files.map(({ name, bytes }) => new File([bytes], name));
    const { base } = await importBase(services, { files: given });
    expect(base.numParameters).toBeGreaterThan(0);
  });

  it('ends in a sentence when it is broken or hostile, and takes no memory for it', async () => {
    const complaints: string[] = [];
    let numCases = 0;
    const largest = await largestBufferOf(async () => {
      for (const { title, files } of casesOf(subject)) {
        numCases += 1;
        const complaint = await complaintAbout(files);
        if (complaint !== null) complaints.push(`${title}: ${complaint}`);
      }
    });
    expect(complaints).toEqual([]);
    expect(numCases).toBeGreaterThanOrEqual(210);
    expect(largest).toBeLessThan(MAX_BUFFER);
    expect((await loadHdf5Library()).module.HEAPU8.length).toBeLessThan(MAX_HDF5_MEMORY);
    // What was imported before it still can be, and nothing of what was refused is stored.
    expect(await complaintAbout(subject.files)).toBeNull();
    expect(await services.database.count('bases')).toBe(0);
  });
});
