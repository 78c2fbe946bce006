import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ASSETS } from './catalogueServer.ts';
import { collectGenerated } from './collectGenerated.ts';
import { askTeachableMachine, largestDifference } from './exportParity.ts';
import { expect, test } from './fixtures.ts';
import { openExportedPage } from './exportedPage.ts';
import { drawPhotos } from './generatedPhotos.ts';
import { answersOn, drawPictures, expectedWhenOpened, expectTrainedOn } from './openedExports.ts';
import { readZip } from './zipFiles.ts';

test('exports of ours open, answer as they did, and are trained on', async ({
  page,
  screens,
  folder,
}) => {
  await collectGenerated(screens, join(folder, 'photos'), 12);
  await screens.train.open();
  await screens.train.choosePreset('Like Teachable Machine');
  await screens.train.train();
  const expected = await expectedWhenOpened(folder, screens);
  await screens.export.open();
  // The other formats open in exports.spec.ts, which saves them.
  const zip = await screens.export.downloadModel(folder);
  const onePage = await screens.export.downloadModel(folder, 'One web page');
  const project = await screens.export.saveProject(folder);
  for (const file of [zip, onePage]) await expectTrainedOn(page, file, expected);

  await screens.projects.open();
  await screens.projects.openFile(project);
  await screens.train.open();
  await screens.train.fill('Epochs', '5');
  await screens.train.trainMore();
  await expect(screens.train.runs).toHaveCount(2);
  await expect(screens.train.runs.first()).toContainText('5 epochs');
});

test.describe('exports of Teachable Machine (needs GRAFT_ASSETS)', () => {
  test.skip(ASSETS === undefined, 'needs GRAFT_ASSETS');
  const shared = join(ASSETS ?? '', 'teachable-machine');

  /** By name. The grey one says neither that it is nor how large, which its library does not find out. */
  async function filesOf(name: string): Promise<Map<string, Buffer>> {
    const path = join(shared, name);
    if (name.endsWith('.zip')) return readZip(path);
    return new Map(readdirSync(path).map((file) => [file, readFileSync(join(path, file))]));
  }

  for (const [name, side] of [
    ['export_a', 224],
    ['export_b/model', 224],
    ['export_c.zip', 224],
    ['image-model.zip', 224],
    ['embedded_gray_export', 96],
  ] as const) {
    test(`${name} answers as in Teachable Machine's own library`, async ({
      page,
      browser,
      screens,
      folder,
    }) => {
      const files = await filesOf(name);
      const pictures = drawPictures(join(folder, 'pictures'), side);
      await screens.projects.open();
      const paths = name.endsWith('.zip')
        ? [join(shared, name)]
        : [...files.keys()].map((file) => join(shared, name, file));
      await screens.projects.openFile(...paths);
      const own = await answersOn(join(folder, 'pictures'), screens);

      const metadata = JSON.parse(String(files.get('metadata.json'))) as object;
      const stated = side === 96 ? { ...metadata, grayscale: true, imageSize: 96 } : metadata;
      const served = new Map(files).set('metadata.json', Buffer.from(JSON.stringify(stated)));
      const theirs = await askTeachableMachine(browser, { files: served, pictures });
      expect(own[0]).toHaveLength(theirs.labels.length);
      expect(largestDifference(own, theirs.probabilities)).toBeLessThan(1e-3);
      for (const label of theirs.labels) await expect(page.getByText(label).first()).toBeVisible();
    });
  }

  test('a grey one is trained on from its head, and leaves as a page', async ({
    page,
    screens,
    folder,
  }) => {
    const { projects, collect, train } = screens;
    const path = join(shared, 'embedded_gray_export');
    await projects.open();
    await projects.openFile(...readdirSync(path).map((file) => join(path, file)));
    for (const [index, kind] of (['dots', 'stripes'] as const).entries()) {
      const photos = join(folder, `Class ${index + 1}`);
      mkdirSync(photos);
      for (const [i, bytes] of drawPhotos(kind, 8, 3).entries()) {
        writeFileSync(join(photos, `${kind}-${i}.png`), bytes);
      }
    }
    await collect.drop(join(folder, 'Class 1'), join(folder, 'Class 2'));
    await collect.expectNumPhotos(16);
    await train.open();
    await train.trainMore();
    await expect(train.runs).toHaveCount(2);
    await expect(train.runs.first()).toContainText('50 epochs, batch 16');
    await expect(page.getByText(/held out are right/)).toBeVisible();

    await screens.export.open();
    await openExportedPage(page, await screens.export.downloadModel(folder, 'One web page'));
    await page.getByLabel('Choose photos').setInputFiles(join(folder, 'Class 1', 'dots-0.png'));
    await expect(page.getByRole('row', { name: /dots-0\.png Class 1/ })).toBeVisible();
  });

  test('the broken one is refused with both sizes', async ({ screens: { projects } }) => {
    const path = join(shared, 'broken_export');
    await projects.open();
    await projects.drop(...readdirSync(path).map((file) => join(path, basename(file))));
    await expect(projects.failure).toContainText('2154832');
    await expect(projects.failure).toContainText('2154032');
  });
});
