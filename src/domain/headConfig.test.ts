import { expect, it } from 'vitest';
import {
  completeHeadConfig,
  DEFAULT_DEEPER_CONFIG,
  DEFAULT_EXACT_CONFIG,
  DEFAULT_GRADIENT_CONFIG,
  type HeadConfig,
} from './headConfig.ts';

it.each<HeadConfig>([
  { ...DEFAULT_DEEPER_CONFIG, epochs: 7 },
  { ...DEFAULT_GRADIENT_CONFIG, epochs: 7 },
])('completes a configuration from before targets could be weighed: $solver', (config) => {
  const { labelSmoothing, classWeights, ...stored } = { ...DEFAULT_DEEPER_CONFIG, ...config };
  expect([labelSmoothing, classWeights]).toEqual([0, { kind: 'none' }]);
  expect(completeHeadConfig(stored as HeadConfig)).toMatchObject({
    ...config,
    labelSmoothing,
    classWeights,
  });
});

it('leaves a whole configuration as it is', () => {
  for (const config of [DEFAULT_EXACT_CONFIG, DEFAULT_GRADIENT_CONFIG, DEFAULT_DEEPER_CONFIG]) {
    expect(completeHeadConfig(config)).toEqual(config);
  }
});
