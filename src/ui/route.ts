import { useSyncExternalStore } from 'react';
import type { ProjectId } from '../domain/ids.ts';

export const STEPS = ['collect', 'base', 'train', 'evaluate', 'predict', 'export'] as const;

export type Step = (typeof STEPS)[number];

export type Route =
  | { readonly page: 'projects' }
  | { readonly page: 'project'; readonly projectId: ProjectId; readonly step: Step };

/** Reads `#/projects/<id>/<step>`. Anything else is the list of projects; an unknown step is the first one. */
export function parseRoute(hash: string): Route {
  const [root, id, name] = hash.replace(/^#\/?/, '').split('/');
  if (root !== 'projects' || id === undefined || id === '') return { page: 'projects' };
  const step = STEPS.find((each) => each === name) ?? 'collect';
  try {
    return { page: 'project', projectId: decodeURIComponent(id) as ProjectId, step };
  } catch {
    // Half an escape sequence, as in an address that was cut off.
    return { page: 'projects' };
  }
}

export const PROJECTS_HREF = '#/';

/** Address of a project's step, for links. */
export function stepHref(projectId: ProjectId, step: Step): string {
  return `#/projects/${encodeURIComponent(projectId)}/${step}`;
}

/** Goes to an address made by `stepHref` or to `PROJECTS_HREF`. */
export function navigate(href: string): void {
  location.hash = href;
}

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => {
    removeEventListener('hashchange', listener);
  };
}

/** The route in the address bar; follows links, Back and Forward. */
export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(subscribe, () => location.hash));
}
