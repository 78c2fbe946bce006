import type { Browser, Page } from '@playwright/test';
import { join } from 'node:path';
import { readRendererMemory } from '../../tools/rendererMemory.ts';
import { openBrowser } from '../openBrowser.ts';
import { readPhotoFolders } from '../photoFolders.ts';
import { startBenchServer, type BenchServer } from './benchServer.ts';
import {
  summariseDecode,
  summariseEngines,
  summariseFiles,
  summariseFrames,
  summarisePool,
  type BaseFigures,
} from './figures.ts';
import { describeMachine, readLoad, type Machine } from './machine.ts';
import { ENGINES, type BenchBackend, type Engine } from './page/contenderProtocol.ts';
import { MOBILENET_V2_SMALL, SUBJECTS, type Subject } from './subjects.ts';

/** How much is measured. */
interface BaseBenchSize {
  readonly numRounds: number;
  readonly durationMs: number;
  readonly photosPerClass: number;
  readonly numFrames: number;
  readonly numLargePhotos: number;
}

const FULL_SIZE: BaseBenchSize = {
  numRounds: 7,
  durationMs: 500,
  photosPerClass: 500,
  numFrames: 200,
  numLargePhotos: 150,
};

/** Rounds of slow networks are longer, so that each has several photos. */
const SLOW_FACTOR = 6;

export interface MemoryFigure {
  readonly base: string;
  readonly engine: Engine;
  readonly peakMB: number | null;
}

export type BaseBenchResult = Awaited<ReturnType<typeof runBaseBench>>;

/** Measures the bases on every engine, and the app's own way around them, in one run. */
export async function runBaseBench(assets: string) {
  const size = FULL_SIZE;
  const loadBefore = readLoad();
  const server = await startBenchServer(assets, 'bench/base/page');
  try {
    return await withPage(server, async (page, browser) => {
      const machine: Machine = describeMachine(browser.version(), loadBefore);
      const bases: BaseFigures[] = [];
      for (const subject of SUBJECTS) {
        bases.push(...(await measureSubject(page, subject, size)));
      }
      console.error('Files and frames');
      const app = await page.evaluate((options) => bench.measureApp(options), {
        ...size,
        photos: addressesOf(join(assets, 'photos/flowers'), 'flowers', size.photosPerClass),
      });
      console.error('Photos of 12 megapixels');
      const large = addressesOf(
        join(assets, 'photos/flowers_original_size'),
        'flowers_original_size',
        Math.ceil(size.numLargePhotos / 5),
      ).flat();
      const decode = await page.evaluate(
        ([addresses, durationMs]) => bench.measureDecode(addresses, durationMs),
        [large, size.durationMs * 4] as const,
      );
      return {
        machine,
        bases,
        memory: await measureMemory(server),
        pool: summarisePool(app),
        filesToActivations: summariseFiles(app),
        webcam: summariseFrames(app),
        decode: summariseDecode(decode),
      };
    });
  } finally {
    server.stop();
  }
}

async function withPage<T>(
  server: BenchServer,
  work: (page: Page, browser: Browser) => Promise<T>,
): Promise<T> {
  const { browser, context } = await openBrowser();
  try {
    const page = await context.newPage();
    await page.goto(server.origin);
    await page.waitForFunction('globalThis.bench !== undefined');
    return await work(page, browser);
  } finally {
    await browser.close();
  }
}

/** On WASM, and on what else there is: all that is hardware, in software the smallest base alone. */
async function measureSubject(
  page: Page,
  subject: Subject,
  size: BaseBenchSize,
): Promise<readonly BaseFigures[]> {
  const figures: BaseFigures[] = [];
  const adapters = await page.evaluate(async () => ({
    webgpu: await bench.findAdapter('webgpu'),
    webgl: await bench.findAdapter('webgl'),
  }));
  for (const backend of ['wasm', 'webgpu', 'webgl', 'cpu'] as const) {
    const adapter = backend === 'wasm' || backend === 'cpu' ? null : adapters[backend];
    const isGpu = backend === 'webgpu' || backend === 'webgl';
    if (isGpu && adapter === null) continue;
    const isSoftware = backend === 'cpu' || adapter?.isSoftware === true;
    if (isSoftware && subject.id !== MOBILENET_V2_SMALL.id) continue;
    const isSlow = isSoftware || (backend === 'wasm' && subject.isSlow);
    console.error(`${subject.name} on ${backend}`);
    const results = await page.evaluate((options) => bench.measureEngines(options), {
      subject,
      backend,
      engines: ENGINES.filter((engine) => runs(engine, backend, subject)),
      batchSizes: isSlow ? [1] : isGpu ? [1, 8, 32] : [1, 8],
      numRounds: isSoftware ? 2 : size.numRounds,
      durationMs: subject.isSlow ? size.durationMs * SLOW_FACTOR : size.durationMs,
    });
    const engines = summariseEngines(results);
    figures.push({ base: subject.name, backend, adapter: adapter?.name ?? null, engines });
  }
  return figures;
}

function runs(engine: Engine, backend: BenchBackend, { tflite }: Subject): boolean {
  const isElsewhere = backend === 'wasm' || backend === 'webgpu';
  if (engine === 'litert') return tflite !== null && isElsewhere;
  return engine !== 'onnx' || isElsewhere;
}

/** Peaks on WASM, each engine in a browser of its own. */
async function measureMemory(server: BenchServer): Promise<readonly MemoryFigure[]> {
  const figures: MemoryFigure[] = [];
  for (const subject of SUBJECTS) {
    console.error(`Memory of ${subject.name}`);
    for (const engine of ENGINES.filter((each) => runs(each, 'wasm', subject))) {
      const peakMB = await withPage(server, async (page, browser) => {
        const name = { subject, engine, backend: 'wasm' } as const;
        const batchSize = subject.isSlow ? 1 : 8;
        await page.evaluate(([contender, numPhotos]) => bench.runOnce(contender, numPhotos), [
          name,
          batchSize,
        ] as const);
        const memory = await readRendererMemory(browser);
        return memory && Math.round(memory.peakBytes / 1e6);
      });
      figures.push({ base: subject.name, engine, peakMB });
    }
  }
  return figures;
}

/** Where the bench's server has the photos of each class, at most so many a class. */
function addressesOf(folder: string, name: string, limit: number): string[][] {
  return readPhotoFolders(folder).map(({ className, files }) =>
    files
      .slice(0, limit)
      .map((file) => `/assets/photos/${name}/${className}/${file.split('/').at(-1) ?? ''}`),
  );
}
