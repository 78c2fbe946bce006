import type { BaseModel } from '../domain/baseModel.ts';
import { listBundledBases } from '../engine/openBase.ts';
import { listStoredBases } from '../storage/bases.ts';
import type { Database } from '../storage/database.ts';

/** Those beside the app, then those that are stored, oldest first. */
export async function listBasesAtHand(database: Database): Promise<readonly BaseModel[]> {
  const stored = await listStoredBases(database);
  return [...(await listBundledBases()), ...stored.map(({ base }) => base)];
}
