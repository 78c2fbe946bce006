import { join } from 'node:path';
import { collectGenerated } from './collectGenerated.ts';
import { expectParity } from './expectParity.ts';
import { askMl5 } from './exportParity.ts';
import { test } from './fixtures.ts';
import { writeGeneratedModel } from './generatedModel.ts';
import { ml5Script } from './ml5Script.ts';

/** ml5 resizes every picture to this, whatever the model takes. */
const ML5_SIDE = 224;

test('the export answers in ml5 as in the app (needs a package registry)', async ({
  browser,
  screens,
  folder,
}) => {
  const script = ml5Script();
  test.skip(script === null, 'needs a package registry');
  const model = writeGeneratedModel(folder, ML5_SIDE);
  await collectGenerated(screens, join(folder, 'photos'), 8);
  await screens.base.open();
  await screens.base.addFiles(model);
  await screens.base.expectInUse('model');
  await screens.train.open();
  await screens.train.train();
  await expectParity(browser, screens, folder, ML5_SIDE, [
    (other, request) => askMl5(other, script ?? '', request),
  ]);
});
