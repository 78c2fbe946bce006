import type { Database } from '../storage/database.ts';
import type { BackendLadder } from './backendLadder.ts';
import type { HeadLoader } from './loadedHead.ts';
import type { BaseLoader } from './loadedBase.ts';
import type { NetworkRunner } from './networkRunner.ts';
import type { PhotoPool } from './photoPool.ts';

/** What the handlers of the base worker share. */
export interface Services {
  readonly database: Database;
  readonly loadBase: BaseLoader;
  readonly loadHead: HeadLoader;
  readonly runner: NetworkRunner;
  readonly ladder: BackendLadder;
  readonly photos: PhotoPool;
  /** Of the device, as the browser says it; `undefined` where it does not. */
  readonly memoryGib: number | undefined;
}
