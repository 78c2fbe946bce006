import { collectGenerated } from './collectGenerated.ts';
import { expect, test } from './fixtures.ts';
import { readSamples } from './storedData.ts';

test('deleting photos, a class and a project can each be taken back', async ({
  page,
  screens,
  folder,
}) => {
  const { projects, collect } = screens;
  await collectGenerated(screens, folder, 5);

  await collect.openGallery('dots');
  await collect.selectAll();
  await collect.deleteSelected();
  await expect(collect.photos).toHaveCount(0);
  await collect.undo();
  await expect(collect.photos).toHaveCount(5);
  await collect.closeGallery();

  await collect.deleteClass('glow');
  await expect(collect.classCard('glow')).toBeHidden();
  await collect.undo();
  await collect.expectPhotos('glow', 5);

  await projects.open();
  await projects.delete('Patterns');
  await expect(projects.card('Patterns')).toBeHidden();
  await projects.undo();
  await expect(projects.card('Patterns')).toContainText('15 photos');
  expect(await readSamples(page)).toHaveLength(15);
});

test('projects are renamed and duplicated', async ({ screens, folder }) => {
  const { projects, collect } = screens;
  await collectGenerated(screens, folder, 3);
  await projects.open();
  await projects.rename('Patterns', 'Wallpapers');
  await projects.duplicate('Wallpapers');
  const copy = projects.card('Copy of Wallpapers');
  await expect(copy).toContainText('3 classes');
  await expect(copy).toContainText('9 photos');
  await projects.openProject('Copy of Wallpapers');
  await collect.expectPhotos('dots', 3);
});
