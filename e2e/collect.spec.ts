import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';
import { drawPhotos, writePhotoTree, type PhotoKind } from './generatedPhotos.ts';
import { readSamples } from './storedData.ts';
import { writeZip } from './zipFiles.ts';

test.beforeEach(async ({ screens: { projects } }) => {
  await projects.open();
  await projects.create('Ways in');
});

function photoFiles(kind: PhotoKind, count: number, nameOf: (index: number) => string) {
  return drawPhotos(kind, count, 3).map((bytes, index) => [nameOf(index), bytes] as const);
}

test('a zip of class folders, with what systems leave in zips', async ({
  screens: { collect },
  folder,
}) => {
  const zip = join(folder, 'photos.zip');
  await writeZip(
    zip,
    new Map([
      ...photoFiles('dots', 4, (index) => `set/dots/${index}.png`),
      ...photoFiles('glow', 3, (index) => `set/glow/${index}.png`),
      ['__MACOSX/set/dots/._0.png', Buffer.from('fork')],
      ['set/dots/.DS_Store', Buffer.from('folder view')],
      ['set/dots/Thumbs.db', Buffer.from('thumbnails')],
      ['set/dots/notes.txt', Buffer.from('not a picture')],
    ]),
  );
  await collect.drop(zip);
  await collect.expectPhotos('dots', 4);
  await collect.expectPhotos('glow', 3);
  const rows = await collect.leftOutRows();
  expect(rows).toHaveLength(1);
  expect(rows[0]).toEqual([expect.stringContaining('notes.txt'), 'Not an image']);
});

test('a Teachable Machine project becomes its classes, and its token is kept nowhere', async ({
  page,
  screens: { collect },
  folder,
}) => {
  const project = join(folder, 'project.tm');
  const manifest = {
    type: 'image',
    appdata: { publishResults: { tensorflowjs: { token: 's3cret' } } },
  };
  await writeZip(
    project,
    new Map([
      ...photoFiles('dots', 3, (index) => `Spotted-!-${index}.jpg`),
      ...photoFiles('stripes', 2, (index) => `Striped-!-${index}.jpg`),
      ['manifest.json', Buffer.from(JSON.stringify(manifest))],
    ]),
  );
  await collect.drop(project);
  await collect.expectPhotos('Spotted', 3);
  await collect.expectPhotos('Striped', 2);
  await expect(collect.leftOut).toBeHidden();
  expect(JSON.stringify(await readSamples(page))).not.toContain('s3cret');
});

test('a level of train, val and test folders is taken as the split', async ({
  page,
  screens: { collect },
  folder,
}) => {
  for (const [part, count] of Object.entries({ train: 4, val: 3, test: 2 })) {
    writePhotoTree(join(folder, part), count, part.length);
  }
  await collect.drop(folder);
  await collect.expectPhotos('dots', 9);
  const dots = (await readSamples(page)).filter(({ fileName }) => fileName.includes('dots'));
  const splits = dots.map(({ split }) => split).sort();
  const expected = { test: 2, train: 4, validation: 3 };
  expect(splits).toEqual(
    Object.entries(expected).flatMap(([split, count]) => Array<string>(count).fill(split)),
  );
});

test('several folders at once, loose files onto a class, and files without a class', async ({
  screens: { collect },
  folder,
}) => {
  writePhotoTree(folder, 2, 1);
  await collect.drop(join(folder, 'dots'), join(folder, 'glow'));
  await collect.expectPhotos('dots', 2);
  await collect.expectPhotos('glow', 2);
  await collect.dropOnto('dots', join(folder, 'stripes', 'stripes-1.png'));
  await collect.expectPhotos('dots', 3);
  await collect.drop(join(folder, 'stripes', 'stripes-2.png'));
  const [row] = await collect.leftOutRows();
  expect(row?.[1]).toContain('No class');
});

test('the folder button, a paste and the webcam', async ({
  page,
  screens: { collect },
  folder,
}) => {
  const tree = join(folder, 'tree');
  mkdirSync(tree);
  writePhotoTree(tree, 2, 1);
  await collect.addFolder(tree);
  await collect.expectPhotos('glow', 2);

  const [picture = Buffer.alloc(0)] = drawPhotos('glow', 1, 50);
  writeFileSync(join(folder, 'pasted.png'), picture);
  await collect.paste('glow', picture);
  await collect.expectPhotos('glow', 3);

  await collect.recordFromWebcam('dots', 3);
  const dots = (await readSamples(page)).filter(({ source }) => source === 'webcam');
  expect(dots.length).toBeGreaterThanOrEqual(3);
});

test('of a large class only what is in sight is in the document', async ({
  screens: { collect },
  folder,
}) => {
  writePhotoTree(folder, 400, 1);
  await collect.drop(join(folder, 'dots'));
  await collect.expectPhotos('dots', 400);
  await collect.openGallery('dots');
  await expect(collect.photos.first()).toBeVisible();
  expect(await collect.photos.count()).toBeLessThan(150);
});
