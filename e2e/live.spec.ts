import { collectGenerated } from './collectGenerated.ts';
import { expect, test } from './fixtures.ts';
import { countRows } from './storedData.ts';

test('the webcam answers before anything was trained, and learns from each photo', async ({
  page,
  screens,
  folder,
}) => {
  const { collect, predict, train } = screens;
  await collectGenerated(screens, folder, 4);
  await predict.open();
  await expect(page.getByText('Live, not trained.')).toBeVisible();
  await predict.startWebcam();
  await predict.expectLiveAnswer();
  const bars = page.getByRole('list', { name: 'Probability of each class' }).getByRole('listitem');
  await expect(bars).toHaveCount(3);
  const shareOf = async (name: string) => {
    const text = (await bars.filter({ hasText: name }).textContent()) ?? '';
    return Number(/(\d+)%/u.exec(text)?.[1] ?? 'NaN');
  };
  const before = await shareOf('stripes');
  // The fake camera's picture is like no photo; told a few times, it is known.
  for (let i = 0; i < 6; i++) await predict.addFrameTo('stripes');
  await expect.poll(() => shareOf('stripes')).toBeGreaterThan(Math.max(before, 60));
  await expect.poll(() => countRows(page, 'activations')).toBe(18);

  await train.open();
  await train.train();
  await train.expectComputed(0, 18);
  await predict.open();
  await predict.startWebcam();
  await predict.expectLiveAnswer();
  await expect(page.getByText('Live, not trained.')).toBeHidden();
  await predict.addFrameTo('dots');
  await page.getByLabel('Answers from').selectOption({ label: 'The photos, live' });
  await expect(page.getByText('Live, not trained.')).toBeVisible();
  await predict.expectLiveAnswer();

  await collect.open();
  await collect.classCard('dots').getByRole('button', { name: 'Webcam' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('Live, not trained.')).toBeVisible();
  await expect(dialog.getByText(/ms per frame/)).toBeVisible({ timeout: 60_000 });
});
