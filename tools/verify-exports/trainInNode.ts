import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeFloat16, encodeFloat16 } from '../../src/domain/float16.ts';
import type { HeadConfig } from '../../src/domain/headConfig.ts';
import type { BaseId, ClassLabelId, HeadId, ProjectId, RunId } from '../../src/domain/ids.ts';
import { PIXEL_RANGES } from '../../src/domain/pixelRanges.ts';
import type { PreprocessingSpec } from '../../src/domain/preprocessing.ts';
import { activationCut, type CompletedRun, type RunSample } from '../../src/domain/trainingRun.ts';
import { createPlan } from '../../src/engine/plan.ts';
import { withPixelInput } from '../../src/exporters/pixelInput.ts';
import { evaluateParts, heldOutOutcomes } from '../../src/head/heldOut.ts';
import { applyHead } from '../../src/head/softmaxHead.ts';
import { solveHead } from '../../src/head/solveHead.ts';
import { bytesInMemory } from '../../src/network/byteSource.ts';
import { pooledNetwork } from '../../src/network/compose.ts';
import type { Network } from '../../src/network/network.ts';
import type { OpenedNetwork } from '../../src/network/openedNetwork.ts';
import { openNetwork } from '../../src/network/openNetwork.ts';
import { findFilesFirst } from './findFilesFirst.ts';

export const SIDE = 128;
export const SPEC: PreprocessingSpec = {
  ...PIXEL_RANGES['signed-unit'],
  version: 2,
  inputHeight: SIDE,
  inputWidth: SIDE,
  framing: 'centre-square',
};
const INPUT_SHAPE = [SIDE, SIDE, 3];

/** A photo of a run, as the base sees it. */
export interface RunPhoto {
  readonly sample: RunSample;
  /** [SIDE, SIDE, 3], 0 to 255. */
  readonly pixels: Uint8ClampedArray;
}

/** As the app opens what is dropped on it. Errors: those of the reader. */
export async function openFolder(folder: string): Promise<OpenedNetwork> {
  const files = readdirSync(folder).map((file) =>
    bytesInMemory(file, new Uint8Array(readFileSync(join(folder, file)))),
  );
  const opened = await openNetwork(files);
  if (!('network' in opened)) throw new Error(`${folder} was not read as layers`);
  return opened;
}

/** Errors: those of the reader. */
export async function openLayers(folder: string): Promise<Network> {
  return (await openFolder(folder)).network;
}

/** What a run in the app comes to: the same solvers on the same activations, in 16 bits. */
export async function trainInNode(
  base: Network,
  photos: readonly RunPhoto[],
  classNames: readonly string[],
  config: HeadConfig,
): Promise<CompletedRun> {
  const run = begunRun(base, photos, classNames, config);
  const { classifier } = run;
  const numClasses = classNames.length;
  const network = withPixelInput(pooledNetwork(base, activationCut(run)), SPEC);
  const ofPart = async (part: RunSample['part']) => {
    const chosen = photos.filter(({ sample }) => sample.part === part);
    return {
      activations: await activationsOf(network, chosen),
      classIndices: Int32Array.from(chosen, ({ sample }) => sample.classIndex),
    };
  };
  const [train, validation] = [await ofPart('train'), await ofPart('validation')];
  const activationSize = train.activations.length / train.classIndices.length;
  const set = { train, validation, activationSize, numClasses };
  const { signal } = new AbortController();
  const ofBase = { network: base, cut: classifier.cut, inputShape: INPUT_SHAPE };
  const solving =
    config.solver === 'deeper'
      ? (await loadDeeper()).solveDeeper(set, config, ofBase, { signal })
      : solveHead(set, config, signal);
  let step = await solving.next();
  while (step.done !== true) step = await solving.next();
  const { weights, answer, chosen } = step.value;
  const answers = await (answer?.(validation) ?? applyHead(validation.activations, weights));
  const heldOut = run.samples.filter(({ part }) => part !== 'train');
  const evaluations = evaluateParts(heldOutOutcomes(heldOut, answers), numClasses);
  return { ...run, evaluations, ...(chosen && { chosen }) };
}

function loadDeeper() {
  findFilesFirst();
  // Node 20 has none, and training asks it how much memory there is.
  if (!('navigator' in globalThis)) Object.assign(globalThis, { navigator: {} });
  return import('../../src/head/deeper/solveDeeper.ts');
}

function begunRun(
  base: Network,
  photos: readonly RunPhoto[],
  classNames: readonly string[],
  config: HeadConfig,
): CompletedRun {
  return {
    id: 'run' as RunId,
    projectId: 'project' as ProjectId,
    startedAt: 0,
    appVersion: '0',
    config,
    classifier: {
      baseId: 'base' as BaseId,
      graphHash: '' as CompletedRun['classifier']['graphHash'],
      cut: { positions: [base.layers.length - 1], pooling: 'global-average' },
      preprocessing: SPEC,
      labels: classNames.map((name, i) => ({ id: name as ClassLabelId, name, colorIndex: i })),
    },
    samples: photos.map(({ sample }) => sample),
    epochs: [],
    status: 'completed',
    isStoppedEarly: false,
    headId: 'head' as HeadId,
    finishedAt: 0,
    durationMs: 0,
    backend: 'wasm',
    evaluations: { validation: null, test: null },
  };
}

/** As they are stored. */
async function activationsOf(
  network: Network,
  photos: readonly RunPhoto[],
): Promise<Float32Array<ArrayBuffer>> {
  const plan = createPlan(network, INPUT_SHAPE);
  const rows: Float32Array[] = [];
  for (const { pixels } of photos) rows.push(await plan.run(Float32Array.from(pixels), 1));
  plan.dispose();
  const size = rows[0]?.length ?? 0;
  const all = new Float32Array(rows.length * size);
  for (const [i, row] of rows.entries()) all.set(decodeFloat16(encodeFloat16(row)), i * size);
  return all;
}
