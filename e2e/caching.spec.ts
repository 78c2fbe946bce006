import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectGenerated } from './collectGenerated.ts';
import { expect, test } from './fixtures.ts';
import { drawPhotos } from './generatedPhotos.ts';
import { countRows } from './storedData.ts';

test('a photo is computed once: relabelling computes nothing, ten new photos compute ten', async ({
  page,
  screens,
  folder,
}) => {
  const { collect, train } = screens;
  await collectGenerated(screens, folder, 12);
  await train.open();
  await train.train();
  await train.expectComputed(36, 0);
  expect(await countRows(page, 'activations')).toBe(36);

  await collect.open();
  await collect.openGallery('dots');
  await collect.photos.first().click();
  await collect.moveSelected('stripes');
  await collect.closeGallery();
  await collect.expectPhotos('stripes', 13);
  await train.open();
  await train.train();
  await train.expectComputed(0, 36);

  await collect.open();
  const files = drawPhotos('glow', 10, 77).map((bytes, index) => {
    const file = join(folder, `new-${index}.png`);
    writeFileSync(file, bytes);
    return file;
  });
  await collect.addPhotos('glow', files);
  await collect.expectPhotos('glow', 22);
  await train.open();
  await train.train();
  await train.expectComputed(10, 36);
  await expect(train.runs).toHaveCount(3);
});

test('another framing computes anew, and going back finds the old values', async ({
  screens,
  folder,
}) => {
  const { collect, train } = screens;
  await collectGenerated(screens, folder, 4);
  for (const [framing, computed] of [
    ['Centre square', 12],
    ['Whole photo', 12],
    ['Centre square', 0],
  ] as const) {
    await collect.open();
    await collect.chooseFraming(framing);
    await train.open();
    await train.train();
    await train.expectComputed(computed, 12 - computed);
  }
});
