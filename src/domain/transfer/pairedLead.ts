import type { ControlRun } from '../transferReport.ts';

/** 97.5 % quantile of the normal distribution. */
const Z_95 = 1.959963984540054;

/**
 * By how much the first is right more often than the second on the same photos, with the adjusted
 * Wald interval of Bonett and Price (2012) for paired proportions. Both [numSamples], not empty.
 */
export function pairedLead(
  isRight: readonly boolean[],
  isOtherRight: readonly boolean[],
): ControlRun['lead'] {
  const numSamples = isRight.length;
  const numWon = isRight.filter((right, index) => right && isOtherRight[index] !== true).length;
  const numLost = isRight.filter((right, index) => !right && isOtherRight[index] === true).length;
  const won = (numWon + 1) / (numSamples + 2);
  const lost = (numLost + 1) / (numSamples + 2);
  const centre = won - lost;
  const halfWidth = Z_95 * Math.sqrt((won + lost - centre ** 2) / (numSamples + 2));
  return {
    value: (numWon - numLost) / numSamples,
    low: Math.max(-1, centre - halfWidth),
    high: Math.min(1, centre + halfWidth),
  };
}
