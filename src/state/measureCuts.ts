import type { CallOptions } from '../bridge/client.ts';
import type { CountProgress } from '../bridge/protocol.ts';
import type { Project, Sample } from '../domain/project.ts';
import { sweepCuts } from '../domain/sweepCuts.ts';
import { preparePhotos, type TransferContext } from './transferPhotos.ts';
import type { SweptCut } from './transferState.ts';

/**
 * Accuracy of the project's base at each cut of `sweepCuts`, in their order, on the same photos: the
 * experiment of Yosinski et al. (NIPS 2014), with one layer on top. Progress counts cuts, half of each
 * for its activations. Errors: those of preparePhotos and measureCut.
 */
export async function measureCuts(
  context: TransferContext,
  project: Project,
  samples: readonly Sample[],
  { signal, onProgress }: Required<Pick<CallOptions<CountProgress>, 'signal' | 'onProgress'>>,
): Promise<readonly SweptCut[]> {
  const { get, services } = context;
  const summary = await get().describeBase(project.baseId);
  const cuts = sweepCuts(summary, project.cut);
  const points: SweptCut[] = [];
  for (const cut of cuts) {
    const during = (half: 0 | 1) => ({
      signal,
      onProgress: ({ done, total }: CountProgress) => {
        const share = total === 0 ? 0 : done / total;
        onProgress({ done: points.length + (half + share) / 2, total: cuts.length });
      },
    });
    const { params } = await preparePhotos(context, { ...project, cut }, samples, during(0));
    const measured = await services.head('measureCut', params, during(1));
    const layerNames = cut.positions.map((position) => summary.layers[position]?.name ?? '');
    points.push({ cut, layerNames, ...measured });
  }
  return points;
}
