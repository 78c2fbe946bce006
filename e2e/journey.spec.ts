import { join } from 'node:path';
import { collectGenerated } from './collectGenerated.ts';
import { expect, test, watch } from './fixtures.ts';
import { PHOTO_KINDS, writePhotoTree } from './generatedPhotos.ts';
import { readZip } from './zipFiles.ts';
import { screensOf } from './screens.ts';
import { countRows, readSamples } from './storedData.ts';

const PER_KIND = 40;

test('from a dropped folder to a model that works, is kept, and opens elsewhere', async ({
  browser,
  baseURL,
  page,
  screens,
  folder,
}) => {
  test.setTimeout(300_000);
  const { projects, collect, train, evaluate, predict } = screens;

  await test.step('collect', async () => {
    await collectGenerated(screens, join(folder, 'photos'), PER_KIND);
    for (const kind of PHOTO_KINDS) await collect.expectPhotos(kind, PER_KIND);
  });

  await test.step('train to at least 95 % on held-out photos', async () => {
    await train.open();
    await train.train();
    await evaluate.open();
    expect(await evaluate.accuracy()).toBeGreaterThanOrEqual(0.95);
  });

  await test.step('look at the photos behind a cell of the confusion matrix', async () => {
    await evaluate.openCorrectCell('dots');
    await expect(evaluate.cellPhotos.first()).toContainText('dots');
    await expect(evaluate.byClass).toHaveCount(1 + PHOTO_KINDS.length + 2);
  });

  await test.step('predict new photos and the webcam', async () => {
    const fresh = join(folder, 'fresh');
    writePhotoTree(fresh, 5, 2);
    await predict.open();
    await predict.drop(fresh);
    await predict.expectAnswers(15);
    const rows = await predict.downloadCsv();
    const right = rows.filter(({ file, className }) => file.includes(`/${className}/`));
    expect(right.length).toBeGreaterThanOrEqual(14);

    await predict.startWebcam();
    await predict.expectLiveAnswer();
    await predict.addFrameTo('glow');
    await expect.poll(async () => (await readSamples(page)).length).toBe(3 * PER_KIND + 1);
    await predict.stopWebcam();
  });

  await test.step('export', async () => {
    await screens.export.open();
    const zip = await readZip(await screens.export.downloadModel(folder));
    const names = ['index.html', 'labels.txt', 'metadata.json', 'model.json', 'weights.bin'];
    expect([...zip.keys()]).toEqual(expect.arrayContaining(names));
    expect(zip.get('labels.txt')?.toString().trim().split('\n')).toHaveLength(PHOTO_KINDS.length);
  });

  const saved = await test.step('save the project', () => screens.export.saveProject(folder));

  await test.step('reload: everything is there, and only the new photo is computed', async () => {
    await page.reload();
    await train.open();
    await expect(train.runs).toHaveCount(1);
    await train.train();
    await train.expectComputed(1, 3 * PER_KIND);
    await page.reload();
    await train.train();
    await train.expectComputed(0, 3 * PER_KIND + 1);
  });

  await test.step('open the file in another profile', async () => {
    const context = await browser.newContext(baseURL === undefined ? {} : { baseURL });
    const complaints = await watch(context, baseURL ?? '');
    const other = screensOf(await context.newPage());
    await other.projects.open();
    await expect(other.projects.card('Patterns')).toBeHidden();
    await other.projects.openFile(saved);
    await other.collect.expectPhotos('glow', PER_KIND + 1);
    await other.collect.expectPhotos('dots', PER_KIND);
    await other.evaluate.open();
    expect(await other.evaluate.accuracy()).toBeGreaterThanOrEqual(0.95);
    await other.predict.open();
    await other.predict.drop(join(folder, 'fresh', 'dots'));
    await other.predict.expectAnswers(5);
    await other.train.open();
    await expect(other.train.runs).toHaveCount(1);
    expect(complaints).toEqual([]);
    await context.close();
  });

  await projects.open();
  await expect(projects.card('Patterns')).toContainText(`${3 * PER_KIND + 1} photos`);
  expect(await countRows(page, 'activations')).toBe(3 * PER_KIND + 1);
});
