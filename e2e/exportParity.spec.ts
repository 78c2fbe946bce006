import { join } from 'node:path';
import { ASSETS, BETTER_BASE, serveBetterBase } from './catalogueServer.ts';
import { collectGenerated } from './collectGenerated.ts';
import { expectParity } from './expectParity.ts';
import { test } from './fixtures.ts';

test('the export of the starter base answers like the app, in TF.js and in Teachable Machine', async ({
  browser,
  screens,
  folder,
}) => {
  await collectGenerated(screens, join(folder, 'photos'), 12);
  await screens.train.open();
  await screens.train.train();
  await expectParity(browser, screens, folder, 128);
});

test('a head with hidden layers answers alike in its export', async ({
  browser,
  screens,
  folder,
}) => {
  const { train } = screens;
  await collectGenerated(screens, join(folder, 'photos'), 12);
  await train.open();
  await train.choosePreset('Like Teachable Machine');
  await train.openAdvancedSettings();
  await train.choose('Batch norm', 'On');
  await train.fill('Dropout (%)', '20');
  await train.choose('Schedule', 'Cosine');
  await train.train();
  await expectParity(browser, screens, folder, 128);
});

test.describe('MobileNetV2 0.35 (needs GRAFT_ASSETS)', () => {
  test.skip(ASSETS === undefined, 'needs GRAFT_ASSETS');

  test('its export answers like the app, in TF.js and in Teachable Machine', async ({
    browser,
    context,
    screens,
    folder,
  }) => {
    await serveBetterBase(context);
    await collectGenerated(screens, join(folder, 'photos'), 12);
    await screens.collect.startDownload(BETTER_BASE.name);
    await screens.collect.expectBaseInUse(BETTER_BASE.name);
    await screens.train.open();
    await screens.train.train();
    await expectParity(browser, screens, folder, 224);
  });
});
