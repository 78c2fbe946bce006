import type { BaseModel } from '../domain/baseModel.ts';
import { readBundledBases } from './readBundledBases.ts';

/** List of the bases that `npm run bases` has put beside the app, relative to it. */
export const BUNDLED_INDEX = 'bases/index.json';

/** The bases of the index; none where there is no index or it cannot be read. */
export async function fetchBundledBases(index: URL): Promise<readonly BaseModel[]> {
  try {
    const response = await fetch(index);
    return response.ok ? readBundledBases(await response.json()) : [];
  } catch {
    // Without the network the starter base and what is stored still work.
    return [];
  }
}
