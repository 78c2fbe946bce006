import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ASSETS } from './catalogueServer.ts';
import { collectGenerated } from './collectGenerated.ts';
import { askTeachableMachine, largestDifference } from './exportParity.ts';
import { expect, test } from './fixtures.ts';
import { drawPhotos, PHOTO_KINDS, writePhotoTree } from './generatedPhotos.ts';
import type { Screens } from './screens.ts';
import { readZip } from './zipFiles.ts';

/** Pictures of the model's own size, which nothing crops or resizes. */
function drawPictures(folder: string, side: number): Buffer[] {
  const size = { width: side, height: side };
  const pictures = PHOTO_KINDS.flatMap((kind) => drawPhotos(kind, 2, 5, size));
  mkdirSync(folder);
  for (const [index, bytes] of pictures.entries()) {
    writeFileSync(join(folder, `${index}.png`), bytes);
  }
  return pictures;
}

/** What the open project answers on the pictures of a folder, in their order. */
async function answersOn(folder: string, { predict }: Screens): Promise<(readonly number[])[]> {
  const numPictures = readdirSync(folder).length;
  await predict.open();
  await predict.drop(folder);
  await predict.expectAnswers(numPictures);
  const rows = await predict.downloadCsv();
  return Array.from(
    { length: numPictures },
    (_, index) => rows.find(({ file }) => file.endsWith(`/${index}.png`))?.probabilities ?? [],
  );
}

/** Those that are for other programs too; each has the model in files of its own kind. */
const FORMATS = ['TF.js', 'TF.js graph model', 'Keras', 'ONNX', 'TensorFlow Lite', 'One web page'];

test('exports of ours open, answer as they did, and are trained on', async ({
  page,
  screens,
  folder,
}) => {
  test.setTimeout(180_000);
  const { projects, collect, train, evaluate } = screens;
  const pictures = join(folder, 'pictures');
  drawPictures(pictures, 128);
  writePhotoTree(join(folder, 'more'), 8, 2);
  await collectGenerated(screens, join(folder, 'photos'), 12);
  await train.open();
  await train.choosePreset('Like Teachable Machine');
  await train.train();
  const before = await answersOn(pictures, screens);
  await screens.export.open();
  const files: string[] = [];
  for (const format of FORMATS) files.push(await screens.export.downloadModel(folder, format));

  for (const file of files) {
    await projects.open();
    await projects.drop(file);
    await expect(page.getByText(/^Opened “Patterns” with its model/)).toBeVisible();
    for (const kind of PHOTO_KINDS) await expect(collect.classCard(kind)).toBeVisible();
    const after = await answersOn(pictures, screens);
    expect(largestDifference(before, after), file).toBeLessThan(1e-5);
    await evaluate.open();
    await expect(page.getByText('No photos to measure it with')).toBeVisible();
    await train.open();
    await expect(page.getByText('It was opened from its files')).toBeVisible();

    await collect.open();
    await collect.drop(join(folder, 'more'));
    await collect.expectNumPhotos(24);
    await train.open();
    await train.fill('Epochs', '5');
    await train.trainMore();
    await expect(train.runs).toHaveCount(2);
    await expect(train.runs.first()).toContainText('completed');
    // It knows the patterns from the beginning, which five epochs alone would not teach.
    await expect(page.getByText(/held out are right/)).toContainText('100%');
  }
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

  test('one is trained on from its head', async ({ page, screens, folder }) => {
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
  });

  test('the broken one is refused with both sizes', async ({ screens: { projects } }) => {
    const path = join(shared, 'broken_export');
    await projects.open();
    await projects.drop(...readdirSync(path).map((file) => join(path, basename(file))));
    await expect(projects.failure).toContainText('2154832');
    await expect(projects.failure).toContainText('2154032');
  });
});
