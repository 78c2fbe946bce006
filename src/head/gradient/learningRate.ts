import type { ScheduleConfig } from '../../domain/gradientSettings.ts';

interface RateSettings {
  /** The rate that the schedule begins with after the warm-up. */
  readonly learningRate: number;
  readonly schedule: ScheduleConfig;
  readonly epochs: number;
  readonly stepsPerEpoch: number;
}

/**
 * Learning rate of the step with index `step`, from 0: a linear warm-up, then constant, stepwise
 * exponential, or half a cosine down to 0 (Loshchilov and Hutter, SGDR, 2017, without restarts).
 */
export function learningRateAt(step: number, settings: RateSettings): number {
  const { learningRate, schedule, epochs, stepsPerEpoch } = settings;
  const warmUpSteps = schedule.warmUpEpochs * stepsPerEpoch;
  if (step < warmUpSteps) return (learningRate * step) / warmUpSteps;
  const stepsSince = step - warmUpSteps;
  switch (schedule.kind) {
    case 'constant':
      return learningRate;
    case 'step': {
      const numDrops = Math.floor(stepsSince / (schedule.stepEpochs * stepsPerEpoch));
      return learningRate * schedule.stepFactor ** numDrops;
    }
    case 'cosine': {
      const share = stepsSince / (epochs * stepsPerEpoch - warmUpSteps);
      return (learningRate * (1 + Math.cos(Math.PI * share))) / 2;
    }
  }
}
