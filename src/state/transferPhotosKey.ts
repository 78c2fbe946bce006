import { cutKey } from '../domain/cut.ts';
import type { Project, Sample } from '../domain/project.ts';
import type { TransferCheck } from './transferState.ts';
import { runSamples } from './runSubject.ts';

/** Differs whenever the photos that a check would use, or their classes, do. */
export function transferPhotosKey(project: Project, samples: readonly Sample[]): string {
  const trained = runSamples(project, samples).filter(({ part }) => part === 'train');
  const photos = trained.map(({ imageHash, classIndex }) => `${imageHash} ${String(classIndex)}`);
  return [project.id, project.framing, project.headConfig.seed, ...photos.toSorted()].join('|');
}

/** Whether both are of one base and cut. */
export function isSameSubject(
  a: Pick<TransferCheck, 'baseId' | 'cut'>,
  b: Pick<TransferCheck, 'baseId' | 'cut'>,
): boolean {
  return a.baseId === b.baseId && cutKey(a.cut) === cutKey(b.cut);
}
