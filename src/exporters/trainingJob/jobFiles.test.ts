import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SCRIPT_NAME } from '../../domain/hostileFixture.ts';
import {
  DEFAULT_DEEPER_CONFIG,
  DEFAULT_GRADIENT_CONFIG,
  type HeadConfig,
} from '../../domain/headConfig.ts';
import type { RunSample, CompletedRun } from '../../domain/trainingRun.ts';
import { bytesInMemory } from '../../network/byteSource.ts';
import { inferShapes } from '../../network/inferShapes.ts';
import { openNetwork } from '../../network/openNetwork.ts';
import { EXAMPLE_LABELS, exampleRun } from '../../state/stateFixture.tsx';
import { everyKindNetwork, fileBytes, fileText, SMALL_SPEC } from '../exportFixture.ts';
import { jobFiles } from './jobFiles.ts';
import { programFiles } from './programFiles.ts';

const base = everyKindNetwork();
const positionOf = (name: string) => base.layers.findIndex((layer) => layer.name === name);

function runWith(config: HeadConfig, changes: Partial<CompletedRun> = {}): CompletedRun {
  const run = exampleRun('run-1');
  const samples = ['train', 'train', 'validation'].map((part) => ({ part }) as RunSample);
  const cut = { positions: [base.layers.length - 1], pooling: 'global-average' } as const;
  const classifier = { ...run.classifier, cut, preprocessing: SMALL_SPEC };
  return { ...run, samples, config, classifier, ...changes };
}

async function jobOf(run: CompletedRun) {
  const files = await jobFiles(base, run, 'Flowers');
  return { files, job: JSON.parse(fileText(files, 'job.json')) as Record<string, unknown> };
}

async function layersOf(bytes: Uint8Array<ArrayBuffer>) {
  const opened = await openNetwork([bytesInMemory('base.keras', bytes)]);
  if (!('network' in opened)) throw new Error('The base was not read as layers');
  return opened.network;
}

describe('jobFiles', () => {
  it('has the base up to the cut, pooled, for pixels as they are', async () => {
    const { files } = await jobOf(runWith(DEFAULT_GRADIENT_CONFIG));
    const network = await layersOf(fileBytes(files, 'base.keras'));
    expect(network.layers[0]).toMatchObject({ kind: 'input', shape: [12, 12, 3] });
    expect(network.layers[1]).toMatchObject({ kind: 'rescaling' });
    expect(inferShapes(network).at(-1)).toEqual([5]);
    expect(fileText(files, 'labels.txt')).toBe('0 Daisy\n1 Rose\n');
    expect(JSON.parse(fileText(files, 'preprocessing.json'))).toMatchObject({
      spec: { scale: [1], offset: [0], channelOrder: 'rgb' },
    });
  });

  it('says what was trained how, and what came of it', async () => {
    const { job } = await jobOf(
      runWith(DEFAULT_GRADIENT_CONFIG, { isStoppedEarly: true, evaluations: exampleEvaluations() }),
    );
    expect(job).toMatchObject({
      name: 'Flowers',
      labels: ['Daisy', 'Rose'],
      settings: DEFAULT_GRADIENT_CONFIG,
      stopAfterEpochs: 2,
      startLayer: null,
      numSamples: { train: 2, validation: 1, test: 0 },
      accuracyInGraft: { validation: 0.75, test: null },
    });
  });

  it('gives weights of classes in the order of the outputs', async () => {
    const byClass = { [EXAMPLE_LABELS[1]?.id ?? '']: 3 };
    const config = { ...DEFAULT_GRADIENT_CONFIG, classWeights: { kind: 'own', byClass } } as const;
    const { job } = await jobOf(runWith(config));
    expect(job).toMatchObject({ settings: { classWeights: { kind: 'own', weights: [1, 3] } } });
  });

  it('names the layer below those that are trained as the Keras file does', async () => {
    const start = { positions: [positionOf('add')], pooling: 'flatten', layer: 'add' } as const;
    const { files, job } = await jobOf(runWith({ ...DEFAULT_DEEPER_CONFIG, start }));
    expect(job).toMatchObject({ startLayer: 'add' });
    const network = await layersOf(fileBytes(files, 'base.keras'));
    expect(network.layers.map(({ name }) => name)).toContain('add');
  });

  it('takes names of classes for data', async () => {
    const run = runWith(DEFAULT_GRADIENT_CONFIG);
    const labels = run.classifier.labels.map((label) => ({ ...label, name: `${SCRIPT_NAME}\n"` }));
    const { files, job } = await jobOf({ ...run, classifier: { ...run.classifier, labels } });
    expect(job['labels']).toEqual([`${SCRIPT_NAME}\n"`, `${SCRIPT_NAME}\n"`]);
    expect(fileText(files, 'labels.txt').split('\n')).toHaveLength(3);
  });
});

describe('programFiles', () => {
  it('has every file of the program', () => {
    const folder = new URL('program', import.meta.url);
    const names = readdirSync(folder).filter((name) => /\.(py|md|txt)$/.test(name));
    const paths = programFiles().map(({ path }) => path);
    expect(paths.toSorted()).toEqual([...names, 'photo_input.py'].toSorted());
  });
});

function exampleEvaluations() {
  return exampleRun('run-1').evaluations;
}
