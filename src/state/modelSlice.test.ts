import { describe, expect, it } from 'vitest';
import { STARTER_BASE } from '../catalogue/bases.ts';
import type { OpenedModel } from '../bridge/modelMethods.ts';
import { preprocessingFor } from '../domain/baseModel.ts';
import { GraftError } from '../domain/errors.ts';
import { canGoOnFrom } from '../domain/runOrigin.ts';
import { restoreHead } from '../head/restoreHead.ts';
import { zipOf } from '../intake/intakeFixture.ts';
import { getHead } from '../storage/heads.ts';
import { selectedRun } from './selectedRun.ts';
import { openStore, type StoreFixture } from './storeFixture.ts';

const model: OpenedModel = {
  base: STARTER_BASE,
  cut: STARTER_BASE.defaultCut,
  head: {
    hidden: [
      { kernel: new Float32Array(400).fill(1), bias: new Float32Array(100), activation: 'relu' },
    ],
    kernel: new Float32Array(200).fill(0.5),
    bias: new Float32Array(2),
  },
  preprocessing: { ...preprocessingFor(STARTER_BASE, 'padded'), scale: [1 / 127], offset: [-1] },
  classNames: ['<img src=x onerror=alert(1)>', '\u202e\n'],
  name: null,
};
const file = new File(['{}'], 'cups.json');

async function openWith(openModel: () => Promise<OpenedModel>): Promise<StoreFixture> {
  const fixture: StoreFixture = await openStore(
    { openModel },
    { restoreHead: ({ head }) => restoreHead(fixture.database, head) },
  );
  return fixture;
}

describe('an exported model', () => {
  it('becomes a project that answers and can be trained on', async () => {
    const { store, database } = await openWith(() => Promise.resolve(model));
    const id = await store.getState().openFiles([file]);
    if (id === null) throw new Error('not opened');
    expect(await store.getState().openProject(id)).toBe(true);
    const { project, samples } = store.getState();
    const run = selectedRun(store.getState());
    expect(project).toMatchObject({ name: 'cups', framing: 'padded', cut: model.cut });
    // Names are kept as text; one that cannot be shown is a number.
    expect(project?.classLabels.map(({ name }) => name)).toEqual([model.classNames[0], '2']);
    expect(samples).toEqual([]);
    if (run === null || project === null) throw new Error('no run');
    expect(run.evaluations).toEqual({ validation: null, test: null });
    expect(run.classifier.preprocessing.scale).toEqual([1 / 127]);
    expect((await getHead(database, run.headId)).weights).toEqual(model.head);
    expect(canGoOnFrom(run, project)).toBe(true);
    expect(project.headConfig).toMatchObject({ epochs: 50, batchSize: 16 });
    await store.getState().loadSummaries();
    const summary = store.getState().summaries?.find((each) => each.project.id === id);
    expect(summary).toMatchObject({ numPhotos: 0, lastAccuracy: null, hasModel: true });
  });

  it('with another head is trained on as that was built', async () => {
    const { kernel, bias } = model.head;
    const { store } = await openWith(() => Promise.resolve({ ...model, head: { kernel, bias } }));
    const id = await store.getState().openFiles([file]);
    if (id === null) throw new Error('not opened');
    await store.getState().openProject(id);
    expect(store.getState().project?.headConfig).toMatchObject({
      solver: 'gradient',
      hiddenLayers: [],
    });
  });

  it('with trained layers of its base goes on with those, above the same layer', async () => {
    const { kernel, bias } = model.head;
    const tensors = [
      { position: 4, role: 'bias', shape: [2], values: Float32Array.of(1, 2) },
    ] as const;
    const start = { positions: [2], pooling: 'flatten', layer: 'block_1' } as const;
    const opened = { ...model, head: { kernel, bias }, tuning: { start, tensors } };
    const { store, database } = await openWith(() => Promise.resolve(opened));
    const id = await store.getState().openFiles([file]);
    if (id === null) throw new Error('not opened');
    await store.getState().openProject(id);
    const { project } = store.getState();
    const run = selectedRun(store.getState());
    if (run === null || project === null) throw new Error('no run');
    expect(project.headConfig).toMatchObject({ solver: 'deeper', start });
    expect((await getHead(database, run.headId)).tuned).toEqual(tensors);
    expect(canGoOnFrom(run, project)).toBe(true);
  });

  it('that is refused leaves nothing but a sentence', async () => {
    const refuse = () => Promise.reject(new GraftError('no-classifier', 'No names'));
    const { store } = await openWith(refuse);
    expect(await store.getState().openFiles([file])).toBeNull();
    expect(store.getState().modelOpening).toMatchObject({ failure: { code: 'no-classifier' } });
    expect(store.getState().summaries).toHaveLength(1);
  });
});

it('takes pages and zips of models for models, and other single files for projects', async () => {
  const { store } = await openWith(() => Promise.resolve(model));
  for (const file of [
    new File(['<!doctype html>'], 'cups.html'),
    new File([await zipOf(['export/model.json', 'export/weights.bin'])], 'cups.zip'),
    new File([await zipOf(['head.safetensors', 'architecture.json'])], 'cups-head.zip'),
  ]) {
    expect(await store.getState().openFiles([file])).not.toBeNull();
  }
  const photos = await zipOf(['a/1.jpg']);
  for (const [name, content] of [
    ['x.graft', 'nonsense'],
    ['photos.zip', photos],
  ] as const) {
    expect(await store.getState().openFiles([new File([content], name)])).toBeNull();
    expect(store.getState().saving).toMatchObject({ failure: { code: 'archive-invalid' } });
  }
});
