import type { Page } from '@playwright/test';
import { join } from 'node:path';
import { DEFAULT_EXACT_CONFIG, DEFAULT_GRADIENT_CONFIG } from '../../src/domain/headConfig.ts';
import { createRandom } from '../../src/domain/random.ts';
import { startBenchServer } from '../base/benchServer.ts';
import { describeMachine, readLoad } from '../base/machine.ts';
import { openBrowser } from '../openBrowser.ts';
import { readPhotoFolders } from '../photoFolders.ts';
import { summariseHeads } from './figures.ts';
import type { Contestant, Draw, FitterBackend, FitTrace } from './page/fitterProtocol.ts';

const SEEDS = [1, 2, 3, 4, 5];
const PHOTOS_PER_CLASS = 400;
const TRAIN_PER_CLASS = 200;

const EXACT = 'exact, settings given';
const PEER = "TF.js, Teachable Machine's head, wasm";
/** The peer's own defaults. */
const ADAM = { epochs: 50, batchSize: 16, learningRate: 0.001 };

interface Entry {
  readonly method: string;
  readonly backend: FitterBackend;
  readonly contestant: Contestant;
}

/** The solvers and TF.js's own training, on the same activations of flowers, in turns within one run. */
export async function runHeadBench(assets: string) {
  const loadBefore = readLoad();
  const photos = readPhotoFolders(join(assets, 'photos/flowers')).map(({ className, files }) =>
    files
      .slice(0, PHOTOS_PER_CLASS)
      .map((file) => `/assets/photos/flowers/${className}/${file.split('/').at(-1) ?? ''}`),
  );
  const server = await startBenchServer(assets, 'bench/head/page');
  const { browser, context } = await openBrowser();
  try {
    const page = await context.newPage();
    await page.goto(server.origin);
    await page.waitForFunction('globalThis.headBench !== undefined');
    await page.evaluate((addresses) => headBench.prepare(addresses), photos);
    const traces = new Map<string, FitTrace[]>();
    for (const seed of SEEDS) {
      const draw = drawRows(photos.length, seed);
      for (const [method, trace] of await fitAll(page, draw, seed)) {
        traces.set(method, [...(traces.get(method) ?? []), trace]);
      }
    }
    const methods = [...traces].map(([method, ofMethod]) => ({ method, traces: ofMethod }));
    return {
      machine: describeMachine(browser.version(), loadBefore),
      photosTrainedOn: photos.length * TRAIN_PER_CLASS,
      photosHeldOut: photos.length * (PHOTOS_PER_CLASS - TRAIN_PER_CLASS),
      seeds: SEEDS.length,
      methods: summariseHeads(methods, PEER, EXACT),
      chosen: traces.get('exact, search and fit')?.map(({ chosen }) => chosen),
    };
  } finally {
    await browser.close();
    server.stop();
  }
}

/** Every method once; the search tells the fit with given settings what is given. */
async function fitAll(
  page: Page,
  draw: Draw,
  seed: number,
): Promise<readonly (readonly [method: string, trace: FitTrace])[]> {
  const fit = ({ backend, contestant }: Entry) =>
    page.evaluate(([...options]) => headBench.fit(...options), [
      backend,
      contestant,
      draw,
    ] as const);
  const fitted: (readonly [string, FitTrace])[] = [];
  const run = async (entry: Entry) => {
    console.error(`Seed ${seed}: ${entry.method}`);
    const trace = await fit(entry);
    fitted.push([entry.method, trace]);
    return trace;
  };
  const exact = { ...DEFAULT_EXACT_CONFIG, seed };
  const { chosen } = await run({
    method: 'exact, search and fit',
    backend: 'wasm',
    contestant: { kind: 'graft', config: exact },
  });
  await run({
    method: EXACT,
    backend: 'wasm',
    contestant: { kind: 'graft', config: { ...exact, ...chosen } },
  });
  for (const backend of ['wasm', 'cpu'] as const) {
    const config = { ...DEFAULT_GRADIENT_CONFIG, seed };
    await run({ method: `gradient, ${backend}`, backend, contestant: { kind: 'graft', config } });
  }
  for (const hiddenUnits of [100, null]) {
    const method = hiddenUnits === null ? 'TF.js, softmax alone, wasm' : PEER;
    const contestant = { kind: 'tfjs', hiddenUnits, ...ADAM } as const;
    await run({ method, backend: 'wasm', contestant });
  }
  return fitted;
}

/** As many photos of each class to learn from as to measure on. */
function drawRows(numClasses: number, seed: number): Draw {
  const random = createRandom(seed);
  const classes = Array.from({ length: numClasses }, (_, classIndex) =>
    random.shuffled(
      Array.from({ length: PHOTOS_PER_CLASS }, (_, i) => classIndex * PHOTOS_PER_CLASS + i),
    ),
  );
  return {
    train: classes.flatMap((rows) => rows.slice(0, TRAIN_PER_CLASS)),
    heldOut: classes.flatMap((rows) => rows.slice(TRAIN_PER_CLASS)),
  };
}
