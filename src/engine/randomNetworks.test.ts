import { beforeAll, describe, expect, it } from 'vitest';
import { foldNetwork } from '../network/fold.ts';
import { fixtureTensor } from '../network/kerasModelFixture.ts';
import { loadTfjsLayers } from '../network/loadTfjsLayers.ts';
import { lowerLayers } from '../network/lowerLayers.ts';
import { TEST_BACKENDS, useTestBackend } from './backendFixture.ts';
import { relativeDistance } from './goldenFixture.ts';
import { predictWithLayers } from './layersModelFixture.ts';
import { createPlan } from './plan.ts';
import { randomNetwork } from './randomNetworkFixture.ts';

const BATCH = Float32Array.from(fixtureTensor('batch', 2, 8, 8, 3).values, (value) => value * 4);
const SEEDS = Array.from({ length: 60 }, (_, i) => i + 1);

describe.each(TEST_BACKENDS)('on %s, a folded network answers like its layers', (backend) => {
  beforeAll(() => useTestBackend(backend));

  it.each(SEEDS)('random network %i', async (seed) => {
    const files = randomNetwork(seed);
    await useTestBackend('cpu');
    const expected = await predictWithLayers(files, BATCH, [2, 8, 8, 3]);
    await useTestBackend(backend);
    const plan = createPlan(loadTfjsLayers(files), [8, 8, 3]);
    const answer = await plan.run(BATCH, 2);
    plan.dispose();
    expect(relativeDistance(answer, expected)).toBeLessThan(1e-4);
  });
});

describe('random networks', () => {
  it('are folded to fewer steps by every rule that there is', () => {
    const networks = SEEDS.map((seed) => loadTfjsLayers(randomNetwork(seed)));
    const steps = networks.flatMap(foldNetwork);
    expect(steps.length).toBeLessThan(0.9 * networks.flatMap(lowerLayers).length);
    const fused = steps.map((step) => ('kernel' in step ? step.activation.kind : null));
    for (const kind of ['relu', 'relu6', 'elu', 'sigmoid', 'leaky-relu'] as const) {
      expect(fused).toContain(kind);
    }
    expect(steps.some((step) => 'padding' in step && typeof step.padding === 'object')).toBe(true);
  });
});
