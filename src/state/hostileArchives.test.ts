import { describe, expect, it } from 'vitest';
import '../engine/fileReaderSyncFixture.ts';
import messages from '../app/i18n/en/messages.json';
import { openBaseServices } from '../base/servicesFixture.ts';
import { storeTrainedBase } from '../base/storeTrainedBase.ts';
import { baseIdOf } from '../domain/baseIdOf.ts';
import {
  flips,
  hostileJson,
  hugeCounts,
  truncations,
  type Bytes,
} from '../domain/hostileFixture.ts';
import { largestBufferOf } from '../domain/largestBufferFixture.ts';
import { createRandom } from '../domain/random.ts';
import { tfjsLayersFiles } from '../exporters/tfjsLayers.ts';
import { restoreHead } from '../head/restoreHead.ts';
import { archiveInput } from '../intake/graftArchive/archiveFixture.ts';
import { writeArchive, type ArchiveInput } from '../intake/graftArchive/writeArchive.ts';
import { allOf, withZipHere, zipOf } from '../intake/intakeFixture.ts';
import { listZip } from '../intake/zipReading.ts';
import { twoConvolutions } from '../network/architectures/twoConvolutions.ts';
import { graphHash } from '../network/graphHash.ts';
import type { Database } from '../storage/database.ts';
import { openStore, type StoreFixture } from './storeFixture.ts';

/** The archive is smaller than 20 kB. */
const MAX_BUFFER = 2 ** 20;

const good = await writeArchive(withZipHere, await inputWithBase());
const goodBytes = await bytesOf(good);
const contents = new Map<string, Bytes>();
for (const file of await allOf(listZip(good))) {
  contents.set(file.path, await bytesOf(await file.read('')));
}

/** On a network that was trained by Graft. */
async function inputWithBase(): Promise<ArchiveInput> {
  const { project, bases, ...input } = await archiveInput();
  const [base] = bases;
  if (base === undefined) throw new Error('The fixture has one');
  const { settings, classNames } = base.training;
  const network = twoConvolutions(settings, classNames.length, createRandom(1));
  const hash = await graphHash(network);
  const files = tfjsLayersFiles(network).map(({ path, bytes }) => ({
    name: path,
    read: () => Promise.resolve(new Blob([bytes])),
  }));
  return {
    ...input,
    project: { ...project, baseId: baseIdOf(hash) },
    bases: [{ ...base, graphHash: hash, files }],
  };
}

async function bytesOf(blob: Blob): Promise<Bytes> {
  return new Uint8Array(await blob.arrayBuffer());
}

/** The good archive with one file's contents replaced: what checksums do not catch. */
function archiveWith(path: string, bytes: Bytes): Promise<Blob> {
  const files = new Map(contents).set(path, bytes);
  return zipOf([...files].map(([each, content]) => ({ path: each, content: new Blob([content]) })));
}

async function openFixture(): Promise<StoreFixture> {
  const fixture: StoreFixture = await openStore(
    {
      storeTrainedBase: async (params) => {
        const services = await openBaseServices();
        return storeTrainedBase({ ...services, database: fixture.database }, params);
      },
    },
    {
      restoreHead: ({ head }) => restoreHead(fixture.database, head),
    },
  );
  return fixture;
}

/** What is wrong with how opening the file ends; `null` where it ends as it should. */
async function complaintAbout({ store }: StoreFixture, file: Blob): Promise<string | null> {
  const id = await store.getState().openArchive(new File([file], 'x.graft'));
  const { saving, summaries } = store.getState();
  if (saving.status !== 'failed') {
    const opened = summaries?.find(({ project }) => project.id === id);
    return opened === undefined ? 'neither opened nor failed' : null;
  }
  const { code } = saving.failure;
  const isAboutFile = code === 'archive-invalid' || code === 'archive-too-new';
  return isAboutFile && messages.failure[code] !== '' ? null : `ended in ${code}`;
}

async function numRows(database: Database): Promise<Record<string, number>> {
  const names = [...database.objectStoreNames];
  const counts = await Promise.all(names.map(async (name) => [name, await database.count(name)]));
  return Object.fromEntries(counts) as Record<string, number>;
}

async function run(cases: Iterable<readonly [title: string, make: () => Promise<Blob>]>) {
  const fixture = await openFixture();
  const { store, database } = fixture;
  const before = [store.getState().project, store.getState().samples];
  const complaints: string[] = [];
  let numCases = 0;
  let numOpened = 0;
  const largest = await largestBufferOf(async () => {
    for (const [title, make] of cases) {
      numCases += 1;
      const complaint = await complaintAbout(fixture, await make());
      if (complaint !== null) complaints.push(`${title}: ${complaint}`);
      if (store.getState().saving.status === 'idle') numOpened += 1;
    }
  });
  expect(complaints).toEqual([]);
  expect(largest).toBeLessThan(MAX_BUFFER);
  // Whatever came, the open project is as it was, and only what was opened is there beside it.
  expect([store.getState().project, store.getState().samples]).toEqual(before);
  expect((await numRows(database))['projects']).toBe(1 + numOpened);
  return { numCases, numOpened };
}

describe('a hostile archive ends in a sentence and leaves the open project alone', () => {
  const random = createRandom(7);

  it('where its bytes are damaged', async () => {
    const damaged = [
      ...truncations(goodBytes),
      ...flips(goodBytes, 150, random),
      ...hugeCounts(goodBytes, 150, random),
    ];
    const { numCases } = await run(
      damaged.map(({ title, bytes }) => [title, () => Promise.resolve(new Blob([bytes]))] as const),
    );
    expect(numCases).toBe(400);
  });

  it.each([...contents.keys()].filter((path) => path.endsWith('.json')))(
    'where a value of %s is another',
    async (path) => {
      const text = new TextDecoder().decode(contents.get(path));
      const cases = hostileJson(text, 60, random);
      const { numCases } = await run(
        cases.map(({ title, bytes }) => [title, () => archiveWith(path, bytes)] as const),
      );
      expect(numCases).toBe(60);
    },
  );

  it.each(
    [...contents.keys()].filter((path) => path.endsWith('.bin') && !path.startsWith('images')),
  )('where the weights in %s are others', async (path) => {
    const bytes = contents.get(path) ?? new Uint8Array();
    const cases = [...truncations(bytes), ...flips(bytes, 50, random)];
    await run(cases.map((each) => [each.title, () => archiveWith(path, each.bytes)] as const));
  });
});
