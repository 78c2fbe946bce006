import { expect, it } from 'vitest';
import { STARTER_BASE } from '../catalogue/bases.ts';
import { preprocessingFor } from '../domain/baseModel.ts';
import type { Cut } from '../domain/cut.ts';
import type { TrainingRun } from '../domain/trainingRun.ts';
import { putActivations } from '../storage/activations.ts';
import { listSamples } from '../storage/samples.ts';
import { getProject } from '../storage/projects.ts';
import { fileAt, openStore } from './storeFixture.ts';

const files = [
  fileAt('flowers/daisy/1.jpg'),
  fileAt('flowers/daisy/2.jpg'),
  fileAt('flowers/tulip/3.jpg'),
];

it('makes classes from folders and stores the photos before it shows them', async () => {
  const { store, database, projectId } = await openStore();
  const shown: number[] = [];
  store.subscribe(({ samples }) => shown.push(samples.length));
  await store.getState().addFiles(files, null);
  expect(store.getState().project?.classLabels.map(({ name }) => name)).toEqual(['daisy', 'tulip']);
  const stored = await listSamples(database, projectId);
  expect(stored.map(({ fileName }) => fileName)).toEqual([
    'flowers/daisy/1.jpg',
    'flowers/daisy/2.jpg',
    'flowers/tulip/3.jpg',
  ]);
  expect((await getProject(database, projectId))?.classLabels).toHaveLength(2);
  expect(shown).toContain(3);
});

it('lists the files that are no photos and keeps the others', async () => {
  const { store } = await openStore();
  await store.getState().addFiles([...files, fileAt('flowers/daisy/x.jpg', 'bad')], null);
  expect(store.getState().samples).toHaveLength(3);
  expect(store.getState().problems).toEqual([
    { fileName: 'flowers/daisy/x.jpg', problem: 'damaged', detail: null },
  ]);
});

it('takes back the deletion of a class with its photos, after a reload too', async () => {
  const { store, projectId } = await openStore();
  await store.getState().addFiles(files, null);
  const [daisy] = store.getState().project?.classLabels ?? [];
  if (daisy === undefined) throw new Error('no class');
  await store.getState().deleteClass(daisy.id);
  expect(store.getState().samples).toHaveLength(1);
  await store.getState().openProject(projectId);
  expect(store.getState().samples).toHaveLength(1);
  await store.getState().undoLast();
  expect(store.getState().samples).toHaveLength(3);
  expect(store.getState().project?.classLabels.map(({ name }) => name)).toEqual(['daisy', 'tulip']);
  await store.getState().openProject(projectId);
  expect(store.getState().samples).toHaveLength(3);
});

it('moves photos to another class and back', async () => {
  const { store } = await openStore();
  await store.getState().addFiles(files, null);
  const [daisy, tulip] = store.getState().project?.classLabels ?? [];
  if (daisy === undefined || tulip === undefined) throw new Error('no classes');
  const ids = store.getState().samples.map(({ id }) => id);
  const inTulip = () =>
    store.getState().samples.filter(({ classLabelId }) => classLabelId === tulip.id);
  await store.getState().moveSamples(ids, tulip.id);
  expect(inTulip()).toHaveLength(3);
  await store.getState().undoLast();
  expect(inTulip()).toHaveLength(1);
});

it('duplicates classes and photos under ids of their own', async () => {
  const { store, projectId } = await openStore();
  await store.getState().addFiles(files, null);
  const copyId = await store.getState().duplicateProject(projectId, 'Copy');
  await store.getState().openProject(copyId);
  const { project, samples } = store.getState();
  expect(project?.name).toBe('Copy');
  expect(samples).toHaveLength(3);
  const labelIds = new Set(project?.classLabels.map(({ id }) => id));
  expect(samples.every(({ classLabelId }) => labelIds.has(classLabelId))).toBe(true);
  await store.getState().deleteProject(projectId);
  expect(store.getState().summaries?.map((each) => each.project.id)).toEqual([copyId]);
  await store.getState().undoLast();
  expect(store.getState().summaries).toHaveLength(2);
});

const middle: Cut = { positions: [60], pooling: 'global-max' };

it('counts what a cut would have to compute, and stores the cut', async () => {
  const { store, database, projectId } = await openStore();
  await store.getState().addFiles(files, null);
  const [first] = store.getState().samples;
  const space = {
    graphHash: STARTER_BASE.graphHash,
    cut: middle,
    preprocessing: preprocessingFor(STARTER_BASE, 'centre-square'),
    view: 'original',
  } as const;
  const imageHash = first?.imageHash ?? expect.fail('no sample');
  await putActivations(database, space, [{ imageHash, values: new Uint16Array(2) }]);
  expect(await store.getState().countMissing()).toBe(3);
  await store.getState().setCut(middle);
  expect(await store.getState().countMissing()).toBe(2);
  expect((await getProject(database, projectId))?.cut).toEqual(middle);
});

it('goes back to a base as the last run with it had cut it', async () => {
  const { store } = await openStore();
  await store.getState().setCut(middle);
  await store.getState().setBase(STARTER_BASE.id);
  expect(store.getState().project?.cut).toEqual(STARTER_BASE.defaultCut);
  const run = { classifier: { baseId: STARTER_BASE.id, cut: middle } } as TrainingRun;
  store.setState({ runs: [run] });
  await store.getState().setBase(STARTER_BASE.id);
  expect(store.getState().project?.cut).toEqual(middle);
});
