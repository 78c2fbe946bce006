import type { ProjectId } from '../domain/ids.ts';

export interface ProjectLock {
  readonly take: (id: ProjectId) => void;
  readonly release: () => void;
}

/**
 * Notices when two tabs have one project open: the first holds a Web Lock, the second cannot get it
 * and waits for it, which ends the warning when the first tab goes away.
 */
export function createProjectLock(onChange: (isOpenElsewhere: boolean) => void): ProjectLock {
  let current: AbortController | null = null;
  let letGo: (() => void) | null = null;

  const release = () => {
    current?.abort();
    letGo?.();
    current = null;
    letGo = null;
    onChange(false);
  };

  const take = (id: ProjectId) => {
    release();
    if (!('locks' in navigator)) return;
    const controller = new AbortController();
    current = controller;
    const name = `graft-project-${id}`;
    const hold = () =>
      new Promise<void>((resolve) => {
        if (controller.signal.aborted) {
          resolve();
          return;
        }
        letGo = resolve;
        onChange(false);
      });
    void navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
      if (lock !== null) {
        await hold();
        return;
      }
      if (controller.signal.aborted) return;
      onChange(true);
      // Outside of this callback: a request inside would wait for itself.
      queueMicrotask(() => {
        navigator.locks.request(name, { signal: controller.signal }, hold).catch(() => undefined);
      });
    });
  };

  return { take, release };
}
