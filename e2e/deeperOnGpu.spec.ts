import { join } from 'node:path';
import { collectGenerated } from './collectGenerated.ts';
import { expect, test } from './fixtures.ts';
import { screensOf, type Screens } from './screens.ts';
import { countRows, readAnswers, readRuns } from './storedData.ts';

const PER_KIND = 8;

async function prepare(screens: Screens, folder: string, epochs: number): Promise<void> {
  const { train } = screens;
  await collectGenerated(screens, join(folder, 'photos'), PER_KIND);
  await train.open();
  await train.choose('Method', 'Deeper');
  await train.fill('Epochs', String(epochs));
}

// Machines without a GPU offer WebGL and WebGPU in software: slow, and a training all the same.
for (const name of ['WebGL', 'WebGPU']) {
  test(`layers of the base are trained on ${name} as on the processor`, async ({
    page,
    screens,
    folder,
  }) => {
    test.setTimeout(200_000);
    const { train } = screens;
    await prepare(screens, folder, 2);
    await train.fill('Learning rate', '0.0005');
    await train.train();
    await train.chooseBackend(name);
    await train.train();
    await train.expectComputed(0, 3 * PER_KIND);

    const [onGpu, onProcessor] = await readRuns(page);
    expect([onGpu, onProcessor]).toMatchObject([
      { status: 'completed', backend: name.toLowerCase() },
      { status: 'completed', backend: 'wasm' },
    ]);
    const lossesOf = (run: typeof onGpu) => run?.epochs.map(({ loss }) => loss) ?? [];
    const losses = lossesOf(onGpu);
    expect(losses).toHaveLength(2);
    expect(losses[1]).toBeLessThan(losses[0] ?? 0);
    for (const [i, loss] of lossesOf(onProcessor).entries()) {
      expect(Math.abs((losses[i] ?? NaN) - loss)).toBeLessThan(1e-3);
    }
    const [first = [], second = []] = await readAnswers(page);
    expect(first.length).toBeGreaterThan(3);
    for (const [i, probability] of first.entries()) {
      expect(Math.abs(probability - (second[i] ?? NaN))).toBeLessThan(1e-2);
    }
  });
}

test('a training whose GPU fails goes on with the processor, and says so', async ({
  page,
  screens,
  folder,
}) => {
  test.setTimeout(200_000);
  const { train } = screens;
  await prepare(screens, folder, 16);
  await train.choose('Early stopping', 'Off');
  await train.train();
  const onProcessor = await train.curve();
  await train.chooseBackend('WebGL');
  await train.start();
  await expect
    .poll(() => countRows(page, 'checkpoints'), { intervals: [100], timeout: 60_000 })
    .toBe(2);
  const worker = page.workers().find((each) => each.url().includes('tuning.worker'));
  await worker?.evaluate(() => {
    self.close();
  });
  await expect(page.getByText('The graphics card failed')).toBeVisible({ timeout: 60_000 });
  await train.expectIdle();
  const [run] = await readRuns(page);
  expect(run).toMatchObject({ status: 'completed', backend: 'wasm' });
  expect(run?.epochs.map(({ epoch }) => epoch)).toEqual(onProcessor.map((_, i) => i + 1));
});

test('a training on a GPU goes on after its tab was killed, to the same loss', async ({
  context,
  page,
  screens,
  folder,
}) => {
  test.setTimeout(200_000);
  await prepare(screens, folder, 6);
  await screens.train.fill('Learning rate', '0.0005');
  await screens.train.choose('Early stopping', 'Off');
  await screens.train.chooseBackend('WebGL');
  await screens.train.train();
  await screens.train.start();
  await expect
    .poll(() => countRows(page, 'checkpoints'), { intervals: [50], timeout: 60_000 })
    .toBe(2);
  await page.close({ runBeforeUnload: false });

  const again = await context.newPage();
  const { projects, train } = screensOf(again);
  await projects.open();
  await projects.openProject('Patterns');
  await train.open();
  await expect(again.getByText('Run 2 was interrupted before it was done.')).toBeVisible();
  await again.getByRole('button', { name: 'Go on' }).click();
  await train.expectIdle();
  const [resumed, atOnce] = await readRuns(again);
  expect([resumed, atOnce]).toMatchObject([
    { status: 'completed', backend: 'webgl' },
    { status: 'completed', backend: 'webgl' },
  ]);
  const lossesOf = (run: typeof resumed) => run?.epochs.map(({ loss }) => loss) ?? [];
  expect(lossesOf(resumed)).toHaveLength(6);
  for (const [i, loss] of lossesOf(atOnce).entries()) {
    expect(Math.abs((lossesOf(resumed)[i] ?? NaN) - loss)).toBeLessThan(1e-3);
  }
});
