import { lazy, type ComponentType } from 'react';
import type { Step } from '../../ui/route.ts';

/** Each step is loaded when it is first opened. */
export const STEP_PAGES: Readonly<Record<Step, ComponentType>> = {
  collect: lazy(async () => ({
    default: (await import('../../features/collect/CollectPage.tsx')).CollectPage,
  })),
  base: lazy(async () => ({
    default: (await import('../../features/base/BasePage.tsx')).BasePage,
  })),
  train: lazy(async () => ({
    default: (await import('../../features/train/TrainPage.tsx')).TrainPage,
  })),
  evaluate: lazy(async () => ({
    default: (await import('../../features/evaluate/EvaluatePage.tsx')).EvaluatePage,
  })),
  predict: lazy(async () => ({
    default: (await import('../../features/predict/PredictPage.tsx')).PredictPage,
  })),
  export: lazy(async () => ({
    default: (await import('../../features/export/ExportPage.tsx')).ExportPage,
  })),
};
