import { serve, type ServerEndpoint } from '../../../src/bridge/serve.ts';
import type { ExactConfig, GradientConfig } from '../../../src/domain/headConfig.ts';
import { startBackend } from '../../../src/engine/backends.ts';
import { solveHead } from '../../../src/head/solveHead.ts';
import type { LabelledActivations } from '../../../src/head/trainingSet.ts';
import type { Draw, FitterMethods, FitTrace, LabelledRows } from './fitterProtocol.ts';
import { fitLayers, type DrawnRows } from './fitLayers.ts';

let rows: LabelledRows | null = null;

serve<FitterMethods>(globalThis as unknown as ServerEndpoint, {
  start: async (params) => {
    await startBackend(params.backend);
    rows = params.rows;
    return null;
  },
  fit: async ({ contestant, draw }) => {
    if (rows === null) throw new Error('There are no activations yet');
    const drawn = rowsOf(rows, draw);
    return contestant.kind === 'graft'
      ? await fitWithGraft(drawn, contestant.config)
      : await fitLayers(drawn, contestant);
  },
});

function rowsOf(all: LabelledRows, { train, heldOut }: Draw): DrawnRows {
  const activationSize = all.activations.length / all.classIndices.length;
  const pick = (places: readonly number[]): LabelledActivations => {
    const activations = new Float32Array(places.length * activationSize);
    for (const [i, place] of places.entries()) {
      const start = place * activationSize;
      activations.set(all.activations.subarray(start, start + activationSize), i * activationSize);
    }
    return { activations, classIndices: Int32Array.from(places, (i) => all.classIndices[i] ?? 0) };
  };
  const { numClasses } = all;
  return { train: pick(train), heldOut: pick(heldOut), activationSize, numClasses };
}

/** As the app does, whose clock runs while it measures the held-out photos after every epoch. */
async function fitWithGraft(
  { heldOut, ...drawn }: DrawnRows,
  config: ExactConfig | GradientConfig,
): Promise<FitTrace> {
  const epochs: { ms: number; heldOutAccuracy: number }[] = [];
  const startedAt = performance.now();
  const solving = solveHead(
    { ...drawn, validation: heldOut },
    config,
    new AbortController().signal,
  );
  let step = await solving.next();
  while (step.done !== true) {
    const ms = performance.now() - startedAt;
    if (step.value.kind === 'epoch') {
      epochs.push({ ms, heldOutAccuracy: step.value.metrics.validationAccuracy ?? 0 });
    }
    step = await solving.next();
  }
  const durationMs = performance.now() - startedAt;
  return { epochs, durationMs, chosen: step.value.chosen ?? null };
}
