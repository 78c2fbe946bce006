import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { collectGenerated } from './collectGenerated.ts';
import { expect, test } from './fixtures.ts';
import { writeLargePhotos } from './largePhotos.ts';

/** Between two answers to one picture in different encodings. */
const MAX_DIFFERENCE = 0.03;

test('a large photo gets one answer, decoded in full or in part, whichever way it lies', async ({
  page,
  screens,
  folder,
}) => {
  const { train, predict } = screens;
  await collectGenerated(screens, join(folder, 'photos'), 12);
  await train.open();
  await train.train();

  const large = join(folder, 'large');
  mkdirSync(large);
  const numPhotos = await writeLargePhotos(page, large);
  await predict.open();
  await predict.drop(large);
  await predict.expectAnswers(numPhotos);
  const rows = await predict.downloadCsv();
  // PNG is always decoded in full.
  const whole = rows.find(({ file }) => file.endsWith('whole.png'))?.probabilities ?? [];
  expect(whole.length).toBeGreaterThan(1);
  for (const { file, probabilities } of rows) {
    const differences = probabilities.map((value, i) => Math.abs(value - (whole[i] ?? NaN)));
    expect(Math.max(...differences), file).toBeLessThan(MAX_DIFFERENCE);
  }
});
