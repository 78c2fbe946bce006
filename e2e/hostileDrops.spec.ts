import { join } from 'node:path';
import { collectGenerated } from './collectGenerated.ts';
import { expect, test } from './fixtures.ts';
import { PHOTO_KINDS } from './generatedPhotos.ts';
import { SCRIPT_NAME, writeHostileFiles } from './hostileFiles.ts';

test('hostile files end in sentences wherever they are dropped, and leave the open project alone', async ({
  page,
  screens,
  folder,
}) => {
  const { projects, collect, base, train, predict } = screens;
  // Eighty drops.
  test.setTimeout(240_000);
  page.on('dialog', () => {
    throw new Error('A name was run as a script');
  });
  const files = await writeHostileFiles(join(folder, 'hostile'));
  expect(files).toHaveLength(20);
  await collectGenerated(screens, join(folder, 'photos'), 4);
  await train.open();
  await train.train();

  await collect.open();
  await collect.drop(...files);
  await expect(async () => {
    // Every file is a photo that is none, or a zip without one.
    expect((await collect.leftOutRows()).length).toBeGreaterThanOrEqual(files.length);
  }).toPass();
  for (const [, reason] of await collect.leftOutRows()) expect(reason).not.toBe('');
  for (const kind of PHOTO_KINDS) await collect.expectPhotos(kind, 4);

  await predict.open();
  await predict.drop(...files);
  await predict.expectAnswers(files.length);
  const answers = await predict.downloadCsv();
  expect(answers.map(({ className }) => className).join('')).toBe('');

  await base.open();
  for (const file of files) {
    await base.drop(file);
    await expect(base.failure).toContainText(/cannot be read|cannot run/);
    await page.getByRole('button', { name: 'Dismiss' }).first().click();
    await expect(base.failure).toHaveCount(0);
  }

  for (const file of files) {
    await projects.open();
    await projects.drop(file);
    await expect(
      page.getByText(/cannot be (opened|read)|No project can be made|newer Graft/),
    ).toBeVisible();
  }

  await page.reload();
  await expect(page.getByRole('listitem')).toHaveCount(1);
  await projects.openProject('Patterns');
  for (const kind of PHOTO_KINDS) await collect.expectPhotos(kind, 4);
  await expect(page.getByText(SCRIPT_NAME)).toHaveCount(0);
  await train.open();
  await expect(train.runs).toHaveCount(1);
  await train.train();
  await train.expectComputed(0, 12);
});
