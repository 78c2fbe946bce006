import { expect, it } from 'vitest';
import { summariseHeads } from './figures.ts';

/** A fit that has each accuracy after another 100 ms. */
const trace = (accuracies: readonly number[]) => ({
  epochs: accuracies.map((heldOutAccuracy, i) => ({ ms: 100 * (i + 1), heldOutAccuracy })),
  durationMs: 100 * accuracies.length,
  chosen: null,
});

it('tells when each method first had the others’ final accuracy, seed by seed', () => {
  const methods = [
    { method: 'exact', traces: [trace([0.5, 0.9]), trace([0.5, 0.7])] },
    { method: 'peer', traces: [trace([0.6, 0.9, 0.8, 0.8]), trace([0.1, 0.2, 0.5, 0.6])] },
  ];
  const [exact, peer] = summariseHeads(methods, 'peer', 'exact');
  expect(exact).toMatchObject({
    seconds: 0.2,
    heldOutAccuracy: 0.8,
    toPeersAccuracy: { numFits: 2, medianSeconds: 0.2 },
    timesExactFit: 1,
  });
  expect(peer).toMatchObject({
    seconds: 0.4,
    heldOutAccuracy: 0.7,
    toExactAccuracy: { numFits: 1, medianSeconds: 0.2 },
    timesExactFit: 2,
  });
});

it('has no time for what was never reached', () => {
  const methods = [
    { method: 'exact', traces: [trace([0.9])] },
    { method: 'peer', traces: [trace([0.5])] },
  ];
  const [, peer] = summariseHeads(methods, 'peer', 'exact');
  expect(peer?.toExactAccuracy).toEqual({ numFits: 0, medianSeconds: null });
});
