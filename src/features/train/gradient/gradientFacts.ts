import type { TFunction } from 'i18next';
import type { HiddenLayerConfig } from '../../../domain/gradientSettings.ts';
import type { GradientConfig } from '../../../domain/headConfig.ts';
import type { Format } from '../../../ui/format.ts';

const GRADIENT_FACTS = [
  'optimizer',
  'schedule',
  'hiddenLayers',
  'initialiser',
  'l1',
  'clipping',
  'labelSmoothing',
  'classWeights',
  'patience',
] as const;
export type GradientFactKey = (typeof GRADIENT_FACTS)[number];

/** The advanced settings of a run of gradient descent; `null` for what it did without. */
export function gradientFacts(
  config: GradientConfig | null,
  format: Format,
  t: TFunction<'train'>,
): { readonly key: GradientFactKey; readonly text: string | null }[] {
  const texts = config === null ? {} : factTexts(config, format, t);
  return GRADIENT_FACTS.map((key) => ({ key, text: texts[key] ?? null }));
}

function factTexts(
  config: GradientConfig,
  format: Format,
  t: TFunction<'train'>,
): Partial<Record<GradientFactKey, string | null>> {
  const { optimizer, schedule, hiddenLayers, initialisation, clipping, classWeights } = config;
  const layerText = ({ units, activation, hasBatchNorm, dropout }: HiddenLayerConfig) =>
    [
      `${format.number(units)} ${t(`activation.${activation}`)}`,
      ...(hasBatchNorm ? [t('settings.batchNorm')] : []),
      ...(dropout > 0 ? [t('facts.dropout', { share: format.percent(dropout) })] : []),
    ].join(' · ');
  const unlessZero = (value: number, text: (value: number) => string) =>
    value === 0 ? null : text(value);
  return {
    optimizer: t(`optimizer.${optimizer.kind}`),
    schedule: t(`schedule.${schedule.kind}`),
    hiddenLayers: hiddenLayers.length > 0 ? hiddenLayers.map(layerText).join(' → ') : null,
    initialiser: t(`initialiser.${initialisation.kernel.kind}`),
    l1: unlessZero(config.l1, (l1) => format.number(l1, 8)),
    clipping: clipping.kind === 'none' ? null : t(`clipping.${clipping.kind}`),
    labelSmoothing: unlessZero(config.labelSmoothing, (share) => format.percent(share)),
    classWeights: classWeights.kind === 'none' ? null : t(`classWeights.${classWeights.kind}`),
    patience: config.earlyStopping && format.number(config.earlyStopping.patience),
  };
}
