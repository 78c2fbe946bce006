import type { Page } from '@playwright/test';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ASSETS } from '../../e2e/catalogueServer.ts';
import { readArguments, USAGE, type ExperimentName, type ReproduceArguments } from './arguments.ts';
import { reproduceCifar } from './cifar.ts';
import { reproduceFlowers } from './flowers.ts';
import { reproduceFolder } from './folder.ts';
import { reproduceLayers } from './layers.ts';
import { reproduceMnist } from './mnist.ts';
import { markdownTable, writeReproduction, type Reproduction } from './reproductionDoc.ts';
import { withExperiment } from './withExperiment.ts';

interface Experiment {
  /** Under the assets; `null` for the folder that the command names. */
  readonly photos: string | null;
  readonly run: (page: Page, photos: string) => Promise<Reproduction>;
}

const RUNS: Readonly<Record<ExperimentName, Experiment>> = {
  flowers: { photos: 'photos/flowers', run: reproduceFlowers },
  'cifar-5-5': { photos: 'photos/cifar10_subset', run: reproduceCifar },
  mnist: { photos: 'photos/mnist_subset', run: reproduceMnist },
  layers: { photos: 'photos/flowers', run: reproduceLayers },
  folder: { photos: null, run: reproduceFolder },
};

async function reproduce(
  { experiment, folder, out }: ReproduceArguments,
  assets: string,
): Promise<void> {
  const { photos: name, run } = RUNS[experiment];
  const photos = name === null ? (folder ?? '') : join(assets, name);
  const measured = await withExperiment({ assets, photos }, (page) => run(page, photos));
  console.log(markdownTable(measured.outcome.table));
  await writeReproduction(measured.outcome, measured.facts);
  if (out === null) return;
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, `${JSON.stringify(measured, null, 2)}\n`);
}

function readWords(): ReproduceArguments {
  try {
    return readArguments(process.argv.slice(2));
  } catch (thrown) {
    console.error(thrown instanceof Error ? thrown.message : thrown);
    console.error(USAGE);
    process.exit(2);
  }
}

const words = readWords();
if (ASSETS === undefined) {
  console.error('Bases and photos are under GRAFT_ASSETS: set it');
  process.exit(2);
}
await reproduce(words, ASSETS);
