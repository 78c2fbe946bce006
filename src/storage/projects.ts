import { completeHeadConfig } from '../domain/headConfig.ts';
import type { ProjectId } from '../domain/ids.ts';
import type { Project } from '../domain/project.ts';
import type { Database } from './database.ts';

/** Stores the project, in place of one of the same id. */
export async function putProject(database: Database, project: Project): Promise<void> {
  await database.put('projects', project);
}

/** The project, deleted or not; `undefined` where there is none. */
export async function getProject(database: Database, id: ProjectId): Promise<Project | undefined> {
  const project = await database.get('projects', id);
  return project && complete(project);
}

/** Projects that are not deleted, last changed first. */
export async function listProjects(database: Database): Promise<Project[]> {
  const projects = await database.getAll('projects');
  return projects
    .filter(({ deletedAt }) => deletedAt === null)
    .map(complete)
    .toSorted((a, b) => b.updatedAt - a.updatedAt);
}

function complete(project: Project): Project {
  return { ...project, headConfig: completeHeadConfig(project.headConfig) };
}
