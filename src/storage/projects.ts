import type { ProjectId } from '../domain/ids.ts';
import type { Project } from '../domain/project.ts';
import type { Database } from './database.ts';

/** Stores the project, in place of one of the same id. */
export async function putProject(database: Database, project: Project): Promise<void> {
  await database.put('projects', project);
}

/** The project, deleted or not; `undefined` where there is none. */
export async function getProject(database: Database, id: ProjectId): Promise<Project | undefined> {
  return database.get('projects', id);
}

/** Projects that are not deleted, last changed first. */
export async function listProjects(database: Database): Promise<Project[]> {
  const projects = await database.getAll('projects');
  return projects
    .filter(({ deletedAt }) => deletedAt === null)
    .toSorted((a, b) => b.updatedAt - a.updatedAt);
}
