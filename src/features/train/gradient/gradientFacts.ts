import type { TFunction } from 'i18next';
import type { HiddenLayerConfig } from '../../../domain/gradientSettings.ts';
import type { DeeperConfig, GradientConfig } from '../../../domain/headConfig.ts';
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

/** The advanced settings of a run of gradient descent, in the base or not; `null` for what it did without. */
export function gradientFacts(
  config: GradientConfig | DeeperConfig | null,
  format: Format,
  t: TFunction<'train'>,
): { readonly key: GradientFactKey; readonly text: string | null }[] {
  const texts = {
    ...(config !== null && stepTexts(config, format, t)),
    ...(config?.solver === 'gradient' && headTexts(config, format, t)),
  };
  return GRADIENT_FACTS.map((key) => ({ key, text: texts[key] ?? null }));
}

type FactTexts = Partial<Record<GradientFactKey, string | null>>;

function stepTexts(
  {
    optimizer,
    schedule,
    labelSmoothing,
    classWeights,
    earlyStopping,
  }: GradientConfig | DeeperConfig,
  format: Format,
  t: TFunction<'train'>,
): FactTexts {
  return {
    optimizer: t(`optimizer.${optimizer.kind}`),
    schedule: t(`schedule.${schedule.kind}`),
    labelSmoothing: unlessZero(labelSmoothing, (share) => format.percent(share)),
    classWeights: classWeights.kind === 'none' ? null : t(`classWeights.${classWeights.kind}`),
    patience: earlyStopping && format.number(earlyStopping.patience),
  };
}

function headTexts(config: GradientConfig, format: Format, t: TFunction<'train'>): FactTexts {
  const { hiddenLayers, initialisation, clipping } = config;
  const layerText = ({ units, activation, hasBatchNorm, dropout }: HiddenLayerConfig) =>
    [
      `${format.number(units)} ${t(`activation.${activation}`)}`,
      ...(hasBatchNorm ? [t('settings.batchNorm')] : []),
      ...(dropout > 0 ? [t('facts.dropout', { share: format.percent(dropout) })] : []),
    ].join(' · ');
  return {
    hiddenLayers: hiddenLayers.length > 0 ? hiddenLayers.map(layerText).join(' → ') : null,
    initialiser: t(`initialiser.${initialisation.kernel.kind}`),
    l1: unlessZero(config.l1, (l1) => format.number(l1, 8)),
    clipping: clipping.kind === 'none' ? null : t(`clipping.${clipping.kind}`),
  };
}

function unlessZero(value: number, text: (value: number) => string): string | null {
  return value === 0 ? null : text(value);
}
