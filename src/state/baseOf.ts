import { findBase, STARTER_BASE } from '../catalogue/bases.ts';
import type { BaseModel } from '../domain/baseModel.ts';
import type { Project } from '../domain/project.ts';

/** The project's base; the bundled one where an archive names a base that this version does not know. */
export function baseOf(project: Pick<Project, 'baseId'>): BaseModel {
  return findBase(project.baseId) ?? STARTER_BASE;
}
