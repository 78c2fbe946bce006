import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { activationBytes, activationSize } from '../../../domain/baseSummary.ts';
import type { Project } from '../../../domain/project.ts';
import { useAppState } from '../../../state/useAppState.ts';
import { useFormat } from '../../../ui/format.ts';

interface Cost {
  readonly numMissing: number;
  readonly bytes: number;
}

/** What the views would cost before they are there: how many, how long, how much. */
export function ViewCost({ project }: { readonly project: Project }) {
  const { t } = useTranslation('views');
  const format = useFormat();
  const perSecond = useAppState(({ backendReport }) => backendReport?.photosPerSecond ?? null);
  const cost = useViewCost(project);
  if (cost === null) return null;
  const { numMissing, bytes } = cost;
  if (numMissing === 0) return <p>{t('cost.none')}</p>;
  const size = { views: format.number(numMissing), size: format.bytes(bytes) };
  if (perSecond === null) return <p>{t('cost.size', size)}</p>;
  const duration = format.duration(numMissing / perSecond);
  return <p>{t('cost.sizeAndTime', { ...size, duration })}</p>;
}

/** `null` until it is known. */
function useViewCost(project: Project): Cost | null {
  const samples = useAppState((state) => state.samples);
  const training = useAppState(({ training: { status } }) => status);
  const countMissingViews = useAppState((state) => state.countMissingViews);
  const describeBase = useAppState((state) => state.describeBase);
  const [cost, setCost] = useState<Cost | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const count = async () => {
      const numMissing = await countMissingViews();
      if (numMissing === null) return;
      const { layers } = await describeBase(project.baseId);
      const bytes = activationBytes(numMissing, activationSize(layers, project.cut));
      if (isCurrent) setCost({ numMissing, bytes });
    };
    // Where the base cannot be described, training says so; until then there is no cost to show.
    count().catch(() => undefined);
    return () => {
      isCurrent = false;
    };
    // Counted anew when a training has computed them.
  }, [project, samples, training, countMissingViews, describeBase]);
  return cost;
}
