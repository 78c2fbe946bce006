import type { StoreApi } from 'zustand';
import type { Client } from '../bridge/client.ts';
import type { CheckMethods } from '../bridge/exportMethods.ts';
import type { BaseMethods, HeadMethods } from '../bridge/protocol.ts';
import type { BaseModel } from '../domain/baseModel.ts';
import type { WithZip } from '../zip/zipTarget.ts';
import type { Database } from '../storage/database.ts';
import type { AppState } from './appState.ts';

/** Everything outside the store that its actions use; tests inject their own. */
export interface Services {
  readonly database: Database;
  readonly base: Client<BaseMethods>;
  readonly head: Client<HeadMethods>;
  /** In a worker that ends soon after the last call. */
  readonly check: Client<CheckMethods>;
  /** Puts a zip together beside the page. */
  readonly withZip: WithZip;
  /** Bases that were put beside the app where it is served from. */
  readonly fetchBundledBases: () => Promise<readonly BaseModel[]>;
}

export type AppStore = StoreApi<AppState>;

export type SetState = AppStore['setState'];
export type GetState = AppStore['getState'];

/** What a slice is made from. */
export interface SliceContext {
  readonly set: SetState;
  readonly get: GetState;
  readonly services: Services;
}
