import type { BaseId } from '../domain/ids.ts';
import { openBase, type LoadedBase } from '../engine/openBase.ts';
import { getStoredBase } from '../storage/bases.ts';
import type { Database } from '../storage/database.ts';

/** Loads bases, each once. Errors: those of `openBase`. */
export interface BaseLoader {
  (id: BaseId): Promise<LoadedBase>;
  /** The next call loads it anew, because what is stored has changed. */
  readonly forget: (id: BaseId) => void;
}

/** `onForget` is told of bases that are forgotten. */
export function createBaseLoader(
  database: Database,
  onForget: (id: BaseId) => void = () => undefined,
): BaseLoader {
  const loading = new Map<BaseId, Promise<LoadedBase>>();
  const load = (id: BaseId) => {
    const known = loading.get(id);
    if (known !== undefined) return known;
    const loaded = getStoredBase(database, id).then((stored) => openBase(id, stored));
    loading.set(id, loaded);
    // A failure is not kept: the base may be downloaded later.
    loaded.catch(() => loading.delete(id));
    return loaded;
  };
  const forget = (id: BaseId) => {
    loading.delete(id);
    onForget(id);
  };
  return Object.assign(load, { forget });
}
