import { collectGenerated } from './collectGenerated.ts';
import { expect, test } from './fixtures.ts';

test('the exact method finds its settings, can be told them, and can be ended on the way', async ({
  screens,
  folder,
}) => {
  const { train, evaluate } = screens;
  await collectGenerated(screens, folder, 60);
  await train.open();
  await train.start();
  await train.clickBeside('Finding the best settings', 'Cancel');
  await train.expectIdle();
  await expect(train.runs.first()).toContainText('cancelled');

  await train.train();
  await expect(train.runs.first()).toContainText(
    /Exact, scaling: (Centred|Standardised), L2 0\.\d/,
  );

  await train.chooseScaling('Centred');
  await train.chooseOwnStrength(0.0001);
  await train.start();
  await train.clickBeside('Training', 'Stop');
  await train.expectIdle();
  await expect(train.runs.first()).toContainText('stopped at iteration');
  await expect(train.runs.first()).toContainText('Exact, scaling: Centred, L2 0.0001');
  await evaluate.open();
  expect(await evaluate.accuracy()).toBeGreaterThan(0);
});
