import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ActivationSpace } from '../domain/activationKey.ts';
import { DEFAULT_GRADIENT_CONFIG, type GradientConfig } from '../domain/headConfig.ts';
import type { HeadId, ProjectId, Sha256 } from '../domain/ids.ts';
import { missingActivations, putActivations } from './activations.ts';
import { openDatabase, type Database } from './database.ts';
import { putHead } from './heads.ts';
import { getImage } from './images.ts';
import { getProject, listProjects, putProject } from './projects.ts';
import { purgeDeleted } from './purge.ts';
import { headOf, imageOf, projectOf, runOf, sampleOf, spaceOf } from './rowsFixture.ts';
import { listRuns, putRun } from './runs.ts';
import { addSamples, countSamples, listSamples, putSamples } from './samples.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const NOW = 100 * DAY_MS;
const LONG_AGO = NOW - DAY_MS - 1;
const daisies = 'daisies' as ProjectId;
const roses = 'roses' as ProjectId;

let database: Database;
let numDatabases = 0;

beforeEach(async () => {
  numDatabases += 1;
  database = await openDatabase(`repositories-${numDatabases}`);
});

describe('projects', () => {
  it('lists those that are not deleted, last changed first', async () => {
    await putProject(database, projectOf('a', { updatedAt: 1 }));
    await putProject(database, projectOf('b', { updatedAt: 3 }));
    await putProject(database, projectOf('c', { updatedAt: 2, deletedAt: 5 }));
    expect((await listProjects(database)).map(({ id }) => id)).toEqual(['b', 'a']);
    expect((await getProject(database, 'c' as ProjectId))?.deletedAt).toBe(5);
    expect(await getProject(database, 'd' as ProjectId)).toBeUndefined();
  });
});

describe('samples', () => {
  it('lists and counts those of one project that are not deleted, oldest first', async () => {
    await putSamples(database, [
      sampleOf('1', daisies, 'x', { addedAt: 2 }),
      sampleOf('2', daisies, 'x', { addedAt: 1 }),
      sampleOf('3', daisies, 'x', { deletedAt: 4 }),
      sampleOf('4', roses, 'x'),
    ]);
    expect((await listSamples(database, daisies)).map(({ id }) => id)).toEqual(['2', '1']);
    expect(await countSamples(database, daisies)).toBe(2);
  });

  it('stores no row whose picture could not be stored', async () => {
    const broken = { hash: undefined as never, blob: new Blob() };
    await expect(
      addSamples(database, [sampleOf('1', daisies, 'x')], [imageOf('x'), broken]),
    ).rejects.toThrow();
    expect(await listSamples(database, daisies)).toEqual([]);
  });

  it('does not write a stored picture again', async () => {
    await addSamples(database, [sampleOf('1', daisies, 'x')], [imageOf('x', 'first')]);
    await addSamples(
      database,
      [sampleOf('2', daisies, 'x'), sampleOf('3', daisies, 'y')],
      [imageOf('x', 'again'), imageOf('y'), imageOf('y')],
    );
    expect(await (await getImage(database, 'x' as Sha256))?.text()).toBe('first');
    expect(await countSamples(database, daisies)).toBe(3);
    expect(await database.count('images')).toBe(2);
  });
});

describe('runs', () => {
  it('lists those of one project, newest first', async () => {
    await putRun(database, runOf('1', daisies, { startedAt: 1 }));
    await putRun(database, runOf('2', daisies, { startedAt: 2 }));
    await putRun(database, runOf('3', roses));
    expect((await listRuns(database, daisies)).map(({ id }) => id)).toEqual(['2', '1']);
  });
});

it('completes settings of gradient descent that an earlier version stored', async () => {
  const { solver, epochs, batchSize, learningRate, l2, validationShare, seed } = {
    ...DEFAULT_GRADIENT_CONFIG,
    epochs: 7,
  };
  const stored = { solver, epochs, batchSize, learningRate, l2, validationShare, seed };
  const config = stored as GradientConfig;
  await putProject(database, projectOf('daisies', { headConfig: config }));
  await putRun(database, runOf('1', daisies, { config }));
  const expected = { ...DEFAULT_GRADIENT_CONFIG, epochs: 7 };
  expect((await getProject(database, daisies))?.headConfig).toEqual(expected);
  expect((await listProjects(database))[0]?.headConfig).toEqual(expected);
  expect((await listRuns(database, daisies))[0]?.config).toEqual(expected);
});

describe('purgeDeleted', () => {
  const spaces = [spaceOf(1), spaceOf(2)];
  const hashes = ['a0', 'b0', 'c0', 'd0', 'e0'] as Sha256[];
  const storedIn = async (space: ActivationSpace) => {
    const missing = await missingActivations(database, space, hashes);
    return hashes.filter((hash) => !missing.includes(hash));
  };
  const keysOf = (store: 'images' | 'thumbnails' | 'samples' | 'runs' | 'heads' | 'projects') =>
    database.getAllKeys(store);

  beforeEach(async () => {
    await putProject(database, projectOf(daisies));
    await putProject(database, projectOf(roses, { deletedAt: LONG_AGO }));
    await addSamples(
      database,
      [
        sampleOf('kept', daisies, 'a0'),
        sampleOf('gone', daisies, 'b0', { deletedAt: LONG_AGO }),
        sampleOf('undoable', daisies, 'c0', { deletedAt: LONG_AGO + 2 }),
        sampleOf('of-gone-project', roses, 'd0'),
        sampleOf('shared', roses, 'a0'),
      ],
      hashes.map((hash) => imageOf(hash)),
    );
    for (const hash of hashes) {
      await database.put('thumbnails', { hash, bytes: new ArrayBuffer(0), width: 1, height: 1 });
    }
    for (const space of spaces) {
      const batch = hashes.map((imageHash) => ({ imageHash, values: new Uint16Array(2) }));
      await putActivations(database, space, batch);
    }
    for (const projectId of [daisies, roses]) {
      const headId = `head of ${projectId}` as HeadId;
      await putRun(database, runOf(`run of ${projectId}`, projectId, { headId }));
      await putHead(database, headOf(headId));
    }
    await purgeDeleted(database, NOW);
  });

  it('removes expired projects with their runs and heads, and expired photos', async () => {
    expect(await keysOf('projects')).toEqual(['daisies']);
    expect(await keysOf('samples')).toEqual(['kept', 'undoable']);
    expect(await keysOf('runs')).toEqual(['run of daisies']);
    expect(await keysOf('heads')).toEqual(['head of daisies']);
  });

  it('removes what no photo uses in every store and space, but not what an import is storing', async () => {
    expect(await keysOf('images')).toEqual(['a0', 'c0', 'e0']);
    expect(await keysOf('thumbnails')).toEqual(['a0', 'c0', 'e0']);
    for (const space of spaces) expect(await storedIn(space)).toEqual(['a0', 'c0', 'e0']);
  });

  it('finds nothing more to do the second time', async () => {
    await purgeDeleted(database, NOW);
    expect(await keysOf('samples')).toEqual(['kept', 'undoable']);
    expect(await keysOf('images')).toHaveLength(3);
  });
});

describe('images', () => {
  it.each([10, 100_000])('gives a picture of %i bytes back as it came', async (size) => {
    const blob = new Blob(['x'.repeat(size)], { type: 'image/png' });
    const hash = 'ab' as Sha256;
    await addSamples(database, [], [{ hash, blob }]);
    const stored = await getImage(database, hash);
    expect(stored?.type).toBe('image/png');
    expect(await stored?.text()).toBe(await blob.text());
  });
});
