import { ASSETS, BETTER_BASE, serveBetterBase, unplugBetterBase } from './catalogueServer.ts';
import { expect, test } from './fixtures.ts';
import { countRows } from './storedData.ts';

test('an address that cannot be reached leaves the starter base at work', async ({
  context,
  page,
  screens: { projects, collect },
}) => {
  await unplugBetterBase(context);
  await projects.open();
  await projects.create('Offline');
  await collect.startDownload(BETTER_BASE.name);
  await expect(collect.downloadFailure).toContainText('carry on with the starter base');
  await collect.expectBaseInUse('Starter');
  expect(await countRows(page, 'bases')).toBe(0);
});

test.describe('the better base (needs GRAFT_ASSETS)', () => {
  test.skip(ASSETS === undefined, 'needs GRAFT_ASSETS');

  test('is stored with progress and becomes the default of new projects', async ({
    context,
    page,
    screens: { projects, collect },
  }) => {
    await serveBetterBase(context);
    await projects.open();
    await projects.create('First');
    await collect.expectBaseInUse('Starter');
    await collect.startDownload(BETTER_BASE.name);
    await collect.expectBaseInUse(BETTER_BASE.name);
    expect(await countRows(page, 'bases')).toBe(1);

    await projects.open();
    await projects.create('Second');
    await collect.expectBaseInUse(BETTER_BASE.name);
  });

  test('is refused, and nothing stored, when a weight was changed on the way', async ({
    context,
    page,
    screens: { projects, collect },
  }) => {
    await serveBetterBase(context, (name, bytes) => {
      if (name === 'model.json') return bytes;
      const changed = Buffer.from(bytes);
      changed[1000] = (changed[1000] ?? 0) ^ 1;
      return changed;
    });
    await projects.open();
    await projects.create('Tampered');
    await collect.startDownload(BETTER_BASE.name);
    await expect(collect.downloadFailure).toContainText('not the base that was asked for');
    expect(await countRows(page, 'bases')).toBe(0);
    await collect.expectBaseInUse('Starter');
  });
});
