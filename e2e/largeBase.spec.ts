import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { readRendererMemory } from '../tools/rendererMemory.ts';
import { writeVgg16 } from '../tools/writeVgg16.ts';
import { expect, test } from './fixtures.ts';
import { drawPhotos } from './generatedPhotos.ts';
import { watchBuffers } from './largestBuffer.ts';

const CLASSES = ['ash', 'birch', 'cedar', 'elm', 'fir'];
const PHOTOS_PER_CLASS = 2;
const WEIGHT_BYTES = 138_357_544 * 4;
/** Of the file, some megabytes are read at a time; the largest tensor alone has 411 MB. */
const MAX_BUFFER_BYTES = 16e6;
/** XNNPACK packs the weights anew beside the tensors. */
const PEAK_PER_WEIGHT_BYTE = 2.6;
const SAMPLE_MS = 250;

function writeClasses(folder: string): void {
  for (const [seed, name] of CLASSES.entries()) {
    mkdirSync(join(folder, name), { recursive: true });
    for (const [n, bytes] of drawPhotos('stripes', PHOTOS_PER_CLASS, seed).entries()) {
      writeFileSync(join(folder, name, `${name}-${n + 1}.png`), bytes);
    }
  }
}

/** Gives what ends it and tells how far the page's memory has risen, in bytes; `null` off Linux. */
async function watchMemory(browser: Browser): Promise<() => Promise<number | null>> {
  const before = await readRendererMemory(browser);
  let peakBytes = 0;
  const sample = async () => {
    const memory = await readRendererMemory(browser);
    // The kernel's own peak forgets what was freed in ways that it does not count.
    peakBytes = Math.max(peakBytes, memory?.nowBytes ?? 0, memory?.peakBytes ?? 0);
  };
  const timer = setInterval(() => {
    // Where the test has failed, the browser is gone.
    sample().catch(() => clearInterval(timer));
  }, SAMPLE_MS);
  return async () => {
    clearInterval(timer);
    await sample();
    return before && peakBytes - before.nowBytes;
  };
}

test('a whole VGG16 is dropped, cut and trained on, and never in memory as a file', async ({
  browser,
  page,
  screens: { projects, collect, base, train },
  folder,
}) => {
  test.setTimeout(420_000);
  const file = join(folder, 'vgg16.h5');
  await writeVgg16(file, { hasTopology: true, hasTop: true });
  const photos = join(folder, 'photos');
  writeClasses(photos);
  const numPhotos = CLASSES.length * PHOTOS_PER_CLASS;

  await projects.open();
  await projects.create('Trees');
  await collect.drop(photos);
  await collect.expectNumPhotos(numPhotos);
  await base.open();
  const largestBuffer = await watchBuffers(page);
  const riseOfMemory = await watchMemory(browser);

  await base.drop(file);
  await base.expectInUse('vgg16', 120_000);
  await base.cutAt('fc2');
  await expect(base.totals).toHaveText('Frozen134,260,544Trainable20,485Together134,281,029');

  await train.open();
  await train.train();
  await train.expectComputed(numPhotos, 0);

  const rise = await riseOfMemory();
  const largest = await largestBuffer();
  // Something is seen, so that the watch is known to see.
  expect(largest).toBeGreaterThan(1e6);
  expect(largest).toBeLessThan(MAX_BUFFER_BYTES);
  const limit = 'its memory rises by less than 2.6 times the weights (needs Linux)';
  const check = () => {
    expect(rise).toBeGreaterThan(WEIGHT_BYTES);
    expect(rise).toBeLessThan(PEAK_PER_WEIGHT_BYTE * WEIGHT_BYTES);
  };
  if (process.platform === 'linux') await test.step(limit, check);
  else await test.step.skip(limit, check);
});
