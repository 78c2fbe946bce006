import { join } from 'node:path';
import en from '../src/app/i18n/en/messages.json' with { type: 'json' };
import { ASSETS } from './catalogueServer.ts';
import { expect, test } from './fixtures.ts';
import { ROBUSTNESS } from './robustnessTable.ts';
import { readSamples, thumbnailPixels } from './storedData.ts';

const FOLDER = join(ASSETS ?? '', 'photos', 'robustness');
/** Mean difference of 8-bit values between two encodings of one picture. */
const SAME_PICTURE = 6;

test.describe('difficult files (needs GRAFT_ASSETS)', () => {
  test.skip(ASSETS === undefined, 'needs GRAFT_ASSETS');

  test('each becomes a photo of its true size or a row that says why not', async ({
    page,
    screens: { projects, collect },
  }) => {
    await projects.open();
    await projects.create('Difficult files');
    await collect.drop(FOLDER);
    const photos = [...ROBUSTNESS].filter(([, expected]) => typeof expected !== 'string');
    await collect.expectNumPhotos(photos.length);

    const samples = await readSamples(page);
    const sizes = samples.map(({ fileName, width, height }) => [pathOf(fileName), [width, height]]);
    expect(Object.fromEntries(sizes)).toEqual(Object.fromEntries(photos));

    const rows = await collect.leftOutRows();
    const reasons = rows.map(([file, reason]) => [pathOf(file), reason]);
    const refused = [...ROBUSTNESS].filter(([, expected]) => typeof expected === 'string');
    expect(reasons.map(([file]) => file).sort()).toEqual(refused.map(([file]) => file).sort());
    for (const [file, expected] of refused) {
      const reason = reasons.find(([each]) => each === file)?.[1];
      expect(reason, file).toContain(en.problem[expected as keyof typeof en.problem]);
    }
  });

  for (const name of ['Landscape', 'Portrait']) {
    test(`EXIF orientations of one ${name.toLowerCase()} photo all look alike`, async ({
      page,
      screens: { projects, collect },
    }) => {
      await projects.open();
      await projects.create('Orientations');
      await collect.addClass(name);
      const files = Array.from({ length: 9 }, (_, n) =>
        join(FOLDER, 'exif_orientation', `${name}_${n}.jpg`),
      );
      await collect.addPhotos(name, files);
      await collect.expectPhotos(name, files.length);
      const samples = await readSamples(page);
      const thumbnails = await Promise.all(
        samples.map(({ imageHash }) => thumbnailPixels(page, imageHash)),
      );
      const [upright = []] = thumbnails;
      for (const [index, pixels] of thumbnails.entries()) {
        const difference = meanDifference(upright, pixels);
        expect(difference, samples[index]?.fileName).toBeLessThan(SAME_PICTURE);
      }
    });
  }
});

/** Names may carry the folder that was dropped. */
function pathOf(fileName: string): string {
  return fileName.replace(/^robustness\//, '');
}

function meanDifference(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, index) => sum + Math.abs(value - (b[index] ?? 0)), 0) / a.length;
}
