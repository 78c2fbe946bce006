import type { CompletedRun } from '../src/domain/trainingRun.ts';
import { collectGenerated } from './collectGenerated.ts';
import { expect, test } from './fixtures.ts';
import { countRows, readRuns } from './storedData.ts';

test('averaging over views is measured on held-out photos, chosen, and used for files and frames', async ({
  page,
  screens,
  folder,
}) => {
  const { train, evaluate, predict } = screens;
  await collectGenerated(screens, folder, 10);
  await train.open();
  await train.train();
  await predict.open();
  await expect(page.getByLabel('Views at prediction')).toHaveValue('none');
  await predict.drop(folder);
  await predict.expectAnswers(30);
  const plain = await predict.downloadCsv();

  await evaluate.open();
  const accuracy = await evaluate.accuracy();
  await evaluate.measureAveraging();
  // Nine views of each of the six photos that were held out, and none of the others.
  expect(await countRows(page, 'activations')).toBe(30 + 6 * 9);
  expect(await evaluate.accuracy()).toBe(accuracy);
  const [run] = (await readRuns(page)) as CompletedRun[];
  expect(run?.averagings?.map((each) => each.averaging)).toEqual([
    'mirror',
    'crops',
    'mirror-and-crops',
  ]);
  await evaluate.averaging.getByRole('radio', { name: 'With corners and mirror images' }).check();

  await predict.open();
  await page.reload();
  await expect(page.getByLabel('Views at prediction')).toHaveValue('mirror-and-crops');
  await predict.drop(folder);
  await predict.expectAnswers(30);
  const averaged = await predict.downloadCsv();
  expect(averaged.map(({ file }) => file)).toEqual(plain.map(({ file }) => file));
  const differences = averaged.map(({ probabilities }, row) =>
    Math.abs((probabilities[0] ?? NaN) - (plain[row]?.probabilities[0] ?? NaN)),
  );
  expect(Math.max(...differences)).toBeGreaterThan(1e-4);
  for (const { probabilities } of averaged) {
    expect(probabilities.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 4);
  }

  await predict.startWebcam();
  await predict.expectLiveAnswer();
  await expect(page.getByText(/10 views/u).last()).toBeVisible({ timeout: 60_000 });
});

test('no mirror image is offered where flips are set to none', async ({
  page,
  screens,
  folder,
}) => {
  const { train, evaluate, predict } = screens;
  await collectGenerated(screens, folder, 5);
  await train.open();
  await train.fill('Views of each photo', '1');
  await train.choose('Flips', 'None');
  await train.train();
  await evaluate.open();
  await evaluate.measureAveraging();
  await expect(evaluate.averaging.getByRole('radio')).toHaveCount(2);
  await expect(evaluate.averaging).toContainText('Mirror images are not offered');
  await predict.open();
  const offered = page.getByLabel('Views at prediction').getByRole('option');
  await expect(offered).toHaveText(['The photo as it is', 'With its four corners']);
});
