import type { TFunction } from 'i18next';
import type { HeadConfig } from '../../../domain/headConfig.ts';

export type DeeperFactKey = 'start' | 'batchNorms';

/** What a run has trained of its base; `null` for a run that left it as it is. */
export function deeperFacts(
  config: HeadConfig,
  t: TFunction<'train'>,
): { readonly key: DeeperFactKey; readonly text: string | null }[] {
  const deeper = config.solver === 'deeper' ? config : null;
  return [
    { key: 'start', text: deeper?.start?.layer ?? null },
    { key: 'batchNorms', text: deeper && t(`batchNorms.${deeper.batchNorm}`) },
  ];
}
