import { beforeAll, describe, expect, it } from 'vitest';
import { TEST_BACKENDS, useTestBackend } from '../../engine/backendFixture.ts';
import { residualCase, vggCase } from '../../engine/training/generatedBasesFixture.ts';
import type { Network } from '../../network/network.ts';
import { labelled, tuned, tuningOf } from './tuningFixture.ts';
import { tuneNetwork, type TuningCheckpoint, type Tuning } from './tuneNetwork.ts';

/** What storage would give back after so many epochs. */
async function checkpointAfter(numEpochs: number, tuning: Tuning): Promise<TuningCheckpoint> {
  const running = tuneNetwork(tuning, new AbortController().signal);
  const epochs = [];
  for (let epoch = 1; ; epoch++) {
    const step = await running.next();
    if (step.done === true) throw new Error('It ended before');
    epochs.push(step.value.metrics);
    if (epoch < numEpochs) continue;
    const checkpoint = structuredClone({ epochs, state: await step.value.readState() });
    await running.return(undefined as never);
    return checkpoint;
  }
}

const bitsOf = ({ layers }: Network) =>
  layers.flatMap(({ tensors }) =>
    Object.values(tensors).map(({ values }) => [...new Uint32Array(values.slice().buffer)]),
  );

const CASES = [
  { name: 'a VGG by Adam, with dropout', training: vggCase(), optimizer: { kind: 'adam' } },
  {
    name: 'a residual block by momentum, batch norm trained',
    training: residualCase('trained'),
    optimizer: { kind: 'momentum', momentum: 0.9 },
  },
] as const;

describe.each(TEST_BACKENDS)('training that went on after a stop, on %s', (backend) => {
  beforeAll(() => useTestBackend(backend));

  it.each(CASES)('gives the same bits as one without: $name', async ({ training, optimizer }) => {
    const changes = { optimizer, dropout: 0.3, epochs: 5, earlyStopping: { patience: 2 } };
    const plain = tuningOf(training, { ...changes, learningRate: 0.01 });
    const held = labelled(training.activations.slice(0, 3).reverse());
    const tuning = { ...plain, set: { ...plain.set, validation: held } };
    const whole = await tuned(tuning);
    const checkpoint = await checkpointAfter(2, tuning);
    const resumed = await tuned({ ...tuning, checkpoint });
    const lossesOf = ({ epochs }: typeof whole) =>
      epochs.map(({ epoch, loss, validationLoss }) => ({ epoch, loss, validationLoss }));
    expect(lossesOf(resumed)).toEqual(lossesOf(whole).slice(2));
    expect(bitsOf(resumed.network)).toEqual(bitsOf(whole.network));
    expect(bitsOf(resumed.network)).not.toEqual(bitsOf(tuning.network));
  });
});
