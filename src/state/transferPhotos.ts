import type { CallOptions } from '../bridge/client.ts';
import type { CountProgress } from '../bridge/protocol.ts';
import type { TransferParams } from '../bridge/transferMethods.ts';
import type { BaseModel } from '../domain/baseModel.ts';
import type { Project, Sample } from '../domain/project.ts';
import type { AppState } from './appState.ts';
import { baseOf } from './baseOf.ts';
import { checkClasses, classifierFor, runSamples } from './runSubject.ts';
import type { Services } from './store.ts';

/** What measuring needs of the app. */
export interface TransferContext {
  readonly get: () => Pick<AppState, 'bases' | 'loadBases' | 'backendChoice' | 'describeBase'>;
  readonly services: Pick<Services, 'base' | 'head'>;
}

export interface PreparedPhotos {
  readonly base: BaseModel;
  readonly params: TransferParams;
}

/**
 * What a base, as `project` has it, can be measured on: those of `samples` that are trained on and can be
 * read, their activations stored. Errors: those of checkClasses, base-not-stored, those of embedSamples.
 */
export async function preparePhotos(
  { get, services }: TransferContext,
  project: Project,
  samples: readonly Sample[],
  options: CallOptions<CountProgress>,
): Promise<PreparedPhotos> {
  checkClasses(project, samples);
  await get().loadBases();
  const { baseId, cut, framing } = project;
  const base = baseOf(get().bases, baseId);
  const all = runSamples(project, samples).filter(({ part }) => part === 'train');
  const imageHashes = all.map(({ imageHash }) => imageHash);
  const photos = { baseId, cut, framing, backend: get().backendChoice, imageHashes };
  const { failed } = await services.base('embedSamples', photos, options);
  const unreadable = new Set(failed.map(({ imageHash }) => imageHash));
  const readable = all.filter(({ imageHash }) => !unreadable.has(imageHash));
  const { seed } = project.headConfig;
  const classifier = classifierFor(base, project);
  return { base, params: { classifier, samples: readable, seed } };
}
