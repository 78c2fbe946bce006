import type { BaseModel } from '../../../src/domain/baseModel.ts';
import { activationSize } from '../../../src/domain/baseSummary.ts';
import type { Project, Sample } from '../../../src/domain/project.ts';
import { measureCuts } from '../../../src/state/measureCuts.ts';
import type { Services } from '../../../src/state/store.ts';
import type { SweptCut } from '../../../src/state/transferState.ts';

/** A cut as the app measured it. */
export interface SweptPoint extends SweptCut {
  /** Numbers of a photo. */
  readonly activationSize: number;
}

interface SweepSubject {
  readonly base: BaseModel;
  readonly project: Project;
  readonly samples: readonly Sample[];
}

/** The Base step's sweep, as if the button for it had been pressed. */
export async function sweepBase(
  services: Services,
  { base, project, samples }: SweepSubject,
): Promise<readonly SweptPoint[]> {
  const { layers } = await services.base('describeBase', { baseId: base.id });
  const availability = { status: 'ready', storedBytes: null } as const;
  const state = {
    bases: [{ base, model: base, availability }],
    backendChoice: 'wasm' as const,
    loadBases: () => Promise.resolve(),
    describeBase: (baseId: BaseModel['id']) => services.base('describeBase', { baseId }),
  };
  const context = { services, get: () => state };
  const during = { signal: new AbortController().signal, onProgress: () => undefined };
  const points = await measureCuts(context, project, samples, during);
  return points.map((point) => ({ ...point, activationSize: activationSize(layers, point.cut) }));
}
