import type { BaseModel } from '../domain/baseModel.ts';
import { GraftError } from '../domain/errors.ts';
import type { BaseId } from '../domain/ids.ts';
import type { KnownBase } from './appState.ts';

/** The base of that id, if it is ready. Errors: base-not-stored {base}. */
export function baseOf(bases: readonly KnownBase[], id: BaseId): BaseModel {
  const known = bases.find(({ base }) => base.id === id);
  if (known?.model != null) return known.model;
  const name = known?.base.name ?? id;
  throw new GraftError('base-not-stored', `${name} is not on this machine`, { base: name });
}
