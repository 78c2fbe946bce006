import type { Locator } from '@playwright/test';
import { collectGenerated } from './collectGenerated.ts';
import { expect, test } from './fixtures.ts';
import { countRows, readRuns } from './storedData.ts';

test('views of training photos are shown, computed once, and learnt from', async ({
  page,
  screens,
  folder,
}) => {
  const { train } = screens;
  await collectGenerated(screens, folder, 10);
  await train.open();
  await train.train();
  // 24 of the 30 photos are trained on.
  await train.expectComputed(30, 0);

  await train.fill('Views of each photo', '3');
  await expect(train.previews('A photo and its views')).toHaveCount(4);
  await expect(train.previews('Crop (%): how far it goes')).toHaveCount(2);
  await expect(train.augmentation).toContainText('72 views to compute once');
  await train.fill('Crop (%)', '30');
  await train.fill('Hue (°)', '90');
  await expect(train.previews('Hue (°): how far it goes')).toHaveCount(2);
  await train.train();
  await train.expectComputed(72, 30);
  await expect(train.augmentation).toContainText('All views are computed already');
  await train.train();
  await train.expectComputed(0, 102);
  expect(await countRows(page, 'activations')).toBe(102);

  // A view more of each, and the same ones again with one fewer.
  await train.fill('Views of each photo', '4');
  await train.train();
  await train.expectComputed(24, 102);
  await train.fill('Views of each photo', '2');
  await train.train();
  await train.expectComputed(0, 78);
  await train.fill('Views of each photo', '11');
  await expect(train.augmentation).toContainText('A whole number from 0 to 10');

  const runs = await readRuns(page);
  expect(runs.map(({ augmentation }) => augmentation?.numViews)).toEqual([2, 4, 3, 3, undefined]);
  const parts = runs[0]?.samples.filter(({ part }) => part === 'validation');
  expect(parts).toHaveLength(6);
});

test('previews are of the pixels: each operation changes them, and none leaves them', async ({
  page,
  screens,
  folder,
}) => {
  const { train } = screens;
  await collectGenerated(screens, folder, 4);
  await train.open();
  await train.fill('Views of each photo', '1');
  const original = train.previews('A photo and its views').first();
  await expect(original).toBeVisible();
  for (const [field, strength] of [
    ['Crop (%)', '50'],
    ['Rotation (°)', '45'],
    ['Colour (%)', '60'],
    ['Hue (°)', '120'],
    ['Blur (%)', '3'],
    ['Erasing (%)', '30'],
  ] as const) {
    await train.fill(field, strength);
    const picture = train.previews(`${field}: how far it goes`).last();
    // A picture that is replaced while it is looked at cannot be decoded any more.
    await expect(async () => {
      const difference = await page.evaluate(pictureDifference, await both(original, picture));
      expect(difference).toBeGreaterThan(1);
    }).toPass();
    await train.fill(field, '0');
    await expect(train.previews(`${field}: how far it goes`)).toHaveCount(0);
  }
  await train.choose('Flips', 'None');
  await expect(train.augmentation).toContainText('All operations are off');
  const view = train.previews('A photo and its views').last();
  await expect(async () => {
    expect(await page.evaluate(pictureDifference, await both(original, view))).toBe(0);
  }).toPass();
});

async function both(...pictures: Locator[]): Promise<string[]> {
  return Promise.all(pictures.map((each) => each.getAttribute('src').then((src) => src ?? '')));
}

/** Mean difference of the pixels at two addresses, of 255. */
async function pictureDifference(urls: string[]): Promise<number> {
  const pixels = await Promise.all(
    urls.map(async (url) => {
      const image = new Image();
      image.src = url;
      await image.decode();
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext('2d');
      context?.drawImage(image, 0, 0);
      return context?.getImageData(0, 0, image.width, image.height).data ?? [];
    }),
  );
  const [first = [], second = []] = pixels;
  let sum = 0;
  for (let i = 0; i < first.length; i++) sum += Math.abs((first[i] ?? 0) - (second[i] ?? 0));
  return sum / first.length;
}
