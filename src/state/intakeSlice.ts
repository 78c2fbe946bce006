import type { PhotoCheck } from '../bridge/protocol.ts';
import { throwIfCancelled } from '../domain/errors.ts';
import { newId, type ClassLabelId, type SampleId } from '../domain/ids.ts';
import type { PhotoProblem, ProblemFile } from '../domain/photoProblem.ts';
import type { Sample, SampleSource } from '../domain/project.ts';
import { dropEntries, fileEntries } from '../intake/entries.ts';
import type { IntakeEntry, IntakeItem, PlacedEntry } from '../intake/entry.ts';
import { expandZips } from '../intake/expandZips.ts';
import { splitLoneTrain } from '../intake/loneTrain.ts';
import { placeEntries } from '../intake/placeEntries.ts';
import { addSamples } from '../storage/samples.ts';
import type { IntakeSlice } from './appState.ts';
import { inBatches } from './inBatches.ts';
import { notify, notifyFailure } from './noticesSlice.ts';
import type { SliceContext } from './store.ts';
import { secondsLeft } from './timeLeft.ts';

/** Photos decoded, stored and shown together: few enough to show soon, many enough for one transaction. */
const BATCH_SIZE = 24;
/** Batches under way at once, so that decoding one overlaps with storing another. */
const MAX_BATCHES_UNDER_WAY = 2;

interface ReadPhoto {
  readonly placed: PlacedEntry;
  readonly blob: Blob;
}

export function createIntakeSlice({ set, get, services }: SliceContext): IntakeSlice {
  const { database } = services;
  let controller: AbortController | null = null;

  const addProblems = (problems: readonly ProblemFile[]) => {
    if (problems.length > 0) set((state) => ({ problems: [...state.problems, ...problems] }));
  };

  /** The class of that name, made if there is none. */
  const classNamed = async (name: string): Promise<ClassLabelId> => {
    const known = get().project?.classLabels.find((label) => label.name === name);
    return known?.id ?? (await get().addClass(name));
  };

  const classOf = (placed: PlacedEntry, to: ClassLabelId | null) =>
    to ?? (placed.className === null ? null : classNamed(placed.className));

  /**
   * Checks, stores and shows photos, in that order; resolves with their number. `before`: the batch whose
   * photos, and so whose classes, come first.
   */
  const addBatch = async (
    photos: readonly ReadPhoto[],
    to: ClassLabelId | null,
    before: Promise<void>,
    signal: AbortSignal,
  ): Promise<number> => {
    const { project } = get();
    if (project === null) return 0;
    const files = photos.map(({ blob }) => blob);
    const { checks } = await services.base('checkPhotos', { files }, { signal });
    await before;
    const startedAt = Date.now();
    const problems: ProblemFile[] = [];
    const samples: Sample[] = [];
    const images = [];
    for (const [index, { placed, blob }] of photos.entries()) {
      const check =
        checks[index] ??
        ({ status: 'rejected', problem: 'unreadable', detail: null } satisfies PhotoCheck);
      const fileName = placed.entry.path;
      if (check.status === 'rejected') {
        problems.push({ fileName, problem: check.problem, detail: check.detail });
        continue;
      }
      const classLabelId = await classOf(placed, to);
      if (classLabelId === null) {
        problems.push({ fileName, problem: 'no-class', detail: null });
        continue;
      }
      const { imageHash, width, height } = check;
      const { source, split } = placed;
      const id = newId<SampleId>();
      const place = { id, projectId: project.id, classLabelId, imageHash, fileName, source, split };
      // A millisecond apart, so that they come back in this order.
      const addedAt = startedAt + index;
      samples.push({ ...place, width, height, addedAt, deletedAt: null });
      images.push({ hash: imageHash, blob });
    }
    await addSamples(database, samples, images);
    addProblems(problems);
    // The photos are safe either way; they are shown if their project is still the open one.
    if (get().project?.id === project.id) {
      set((state) => ({ samples: [...state.samples, ...samples] }));
    }
    return samples.length;
  };

  const run = async (entries: AsyncIterable<IntakeEntry>, to: ClassLabelId | null) => {
    if (controller !== null) return;
    controller = new AbortController();
    const { signal } = controller;
    const startedAt = performance.now();
    let total = 0;
    let done = 0;
    let numAdded = 0;
    const showProgress = () => {
      const left = secondsLeft(startedAt, done, total);
      set({ intake: { status: 'running', done, total, secondsLeft: left } });
    };
    showProgress();

    // Listed first: listing reads no file, and the total makes the time left worth showing.
    const photos: PlacedEntry[] = [];
    const take = (item: IntakeItem) => {
      if (item.kind === 'problem') addProblems([item.problem]);
      else photos.push(item.placed);
      total = photos.length;
    };
    const process = async (placed: readonly PlacedEntry[], before: Promise<void>) => {
      const numInBatch = await addBatch(await readAll(placed, addProblems), to, before, signal);
      // Not `+= await`: that reads the sum before the batches beside this one have added to it.
      numAdded += numInBatch;
      done += placed.length;
      showProgress();
    };

    try {
      for await (const item of placeEntries(expandZips(entries), to !== null)) {
        throwIfCancelled(signal);
        take(item);
        if (total % 100 === 0) showProgress();
      }
      const underWay = new Set<Promise<void>>();
      let before = Promise.resolve();
      const known = get().samples.map(({ split }) => split);
      for await (const batch of inBatches(splitLoneTrain(photos, known), BATCH_SIZE)) {
        throwIfCancelled(signal);
        const task: Promise<void> = process(batch, before).finally(() => underWay.delete(task));
        underWay.add(task);
        before = task;
        if (underWay.size >= MAX_BATCHES_UNDER_WAY) await Promise.race(underWay);
      }
      await Promise.all(underWay);
    } catch (thrown) {
      notifyFailure(set, thrown);
    } finally {
      controller = null;
      set({ intake: { status: 'idle' } });
      if (numAdded > 0) {
        notify(set, { kind: 'done', key: 'photos-added', name: '', count: numAdded });
      }
    }
  };

  return {
    intake: { status: 'idle' },
    problems: [],
    dismissProblems: () => {
      set({ problems: [] });
    },
    addDrop: (data, to) => run(dropEntries(data), to),
    addFiles: (files, to) => run(fileEntries(files), to),
    addPicture: async (picture, to, source) => {
      try {
        const placed = pictureEntry(picture, source);
        const { signal } = new AbortController();
        await addBatch([{ placed, blob: picture }], to, Promise.resolve(), signal);
      } catch (thrown) {
        notifyFailure(set, thrown);
      }
    },
    cancelIntake: () => controller?.abort(),
  };
}

/** Reads the files; one that cannot be read (gone, or a broken zip) becomes a problem. */
async function readAll(
  placed: readonly PlacedEntry[],
  addProblems: (problems: readonly ProblemFile[]) => void,
): Promise<ReadPhoto[]> {
  const problem: PhotoProblem = 'unreadable';
  const read = placed.map(async (each) => {
    try {
      return [{ placed: each, blob: await each.entry.read() }];
    } catch {
      addProblems([{ fileName: each.entry.path, problem, detail: null }]);
      return [];
    }
  });
  return (await Promise.all(read)).flat();
}

function pictureEntry(picture: Blob, source: SampleSource): PlacedEntry {
  const path = `${source}-${new Date().toISOString().replaceAll(':', '.')}`;
  const entry: IntakeEntry = { path, read: () => Promise.resolve(picture) };
  return { entry, className: null, split: 'auto', source };
}
