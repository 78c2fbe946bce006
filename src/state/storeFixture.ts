import 'fake-indexeddb/auto';
import { vi } from 'vitest';
import type { TrainedHead } from '../bridge/trainedHead.ts';
import type { CallOptions, Client } from '../bridge/client.ts';
import type { CheckMethods } from '../bridge/exportMethods.ts';
import type { BaseMethods, HeadMethods, Methods, PhotoCheck } from '../bridge/protocol.ts';
import type { BaseModel } from '../domain/baseModel.ts';
import { GraftError } from '../domain/errors.ts';
import type { HeadId, ProjectId } from '../domain/ids.ts';
import { sha256 } from '../domain/sha256.ts';
import { withZipHere } from '../intake/intakeFixture.ts';
import { openDatabase, type Database } from '../storage/database.ts';
import { createAppStore } from './createAppStore.ts';
import type { AppStore } from './store.ts';

// What the store uses of a page besides IndexedDB.
vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined });
vi.stubGlobal('navigator', {});

type Answers<M extends Methods<M>> = {
  [K in keyof M]?: (
    params: M[K]['params'],
    options: CallOptions<M[K]['progress']>,
  ) => Promise<M[K]['result']>;
};

/** A worker in which only the methods of `answers` exist. */
function fakeWorker<M extends Methods<M>>(answers: Answers<M>): Client<M> {
  return (method, params, options = {}) => {
    const answer = answers[method];
    if (answer === undefined) return Promise.reject(new GraftError('internal', `No ${method}`));
    return answer(params, options);
  };
}

/** Accepts every file whose text does not begin with `bad`. */
async function checkPhotos({
  files,
}: BaseMethods['checkPhotos']['params']): Promise<BaseMethods['checkPhotos']['result']> {
  const check = async (file: Blob): Promise<PhotoCheck> => {
    const bytes = await file.arrayBuffer();
    if (new TextDecoder().decode(bytes).startsWith('bad')) {
      return { status: 'rejected', problem: 'damaged', detail: null };
    }
    return { status: 'ok', imageHash: await sha256(bytes), width: 4, height: 3 };
  };
  return { checks: await Promise.all(files.map(check)) };
}

export const report = {
  backend: 'wasm',
  adapter: null,
  photosPerSecond: null,
  candidates: [],
} as const;

export const trainedHead: TrainedHead = {
  status: 'completed',
  headId: 'head-1' as HeadId,
  epochs: [],
  isStoppedEarly: false,
  durationMs: 1,
  backend: 'cpu',
  evaluations: { validation: null, test: null },
};

export interface StoreFixture {
  readonly store: AppStore;
  readonly database: Database;
  readonly projectId: ProjectId;
}

let numDatabases = 0;

/** A store on a fresh database with one open project. */
export async function openStore(
  base: Answers<BaseMethods> = {},
  head: Answers<HeadMethods> = {},
  bundled: readonly BaseModel[] = [],
  check: Answers<CheckMethods> = {},
): Promise<StoreFixture> {
  const database = await openDatabase(`store-test-${String(++numDatabases)}`);
  const store = createAppStore({
    database,
    base: fakeWorker<BaseMethods>({ checkPhotos, ...base }),
    head: fakeWorker<HeadMethods>(head),
    check: fakeWorker<CheckMethods>(check),
    withZip: withZipHere,
    fetchBundledBases: () => Promise.resolve(bundled),
  });
  const projectId = await store.getState().createProject('Flowers');
  await store.getState().openProject(projectId);
  return { store, database, projectId };
}

/** A file in a folder, as a folder picker gives it. */
export function fileAt(path: string, text = path): File {
  const file = new File([text], path.split('/').at(-1) ?? path);
  Object.defineProperty(file, 'webkitRelativePath', { value: path });
  return file;
}
