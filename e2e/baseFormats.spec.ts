import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import expected from '../tools/torch-fixtures/expected.json' with { type: 'json' };
import {
  graphInput,
  graphModelFixture,
  graphNode,
  weights,
  windowAttributes,
} from '../src/network/graphModel/graphFixture.ts';
import { readHeader } from '../src/network/safetensors/header.ts';
import { parsePlace, torchFixture } from '../src/network/safetensors/torchFixture.ts';
import { collectGenerated } from './collectGenerated.ts';
import { largestDifference } from './exportParity.ts';
import { expect, test } from './fixtures.ts';
import { PHOTO_KINDS } from './generatedPhotos.ts';
import { answersOn, drawPictures } from './openedExports.ts';

const assets = process.env['GRAFT_ASSETS'];

/** A graph with a sine in it, for 32-pixel pictures. */
function writeOpaqueGraph(folder: string): readonly string[] {
  const files = graphModelFixture(
    [
      graphInput('in', 32, 32, 3),
      graphNode('Conv2D', 'conv', ['in', 'w'], windowAttributes(2, 'SAME')),
      graphNode('Sin', 'sine', ['conv']),
    ],
    [weights('w', [3, 3, 3, 8])],
  );
  const paths = ['model.json', 'weights.bin'].map((name) => join(folder, name));
  writeFileSync(paths[0] ?? '', files.modelJson);
  writeFileSync(paths[1] ?? '', files.weights.read(0, files.weights.size));
  return paths;
}

/** MobileNetV2 0.35 as torchvision names it, with weights by a formula. */
function writeSafetensors(folder: string): readonly string[] {
  const source = torchFixture(
    expected.mobileNetV2.torchvision.tensors.map(parsePlace).filter(({ dtype }) => dtype === 'F32'),
  );
  const bytes = new Uint8Array(source.size);
  const places = [...readHeader(source).tensors.values()];
  bytes.set(source.read(0, places[0]?.start ?? 0));
  for (const { start, end } of places) bytes.set(source.read(start, end), start);
  const path = join(folder, 'mobilenet.safetensors');
  writeFileSync(path, bytes);
  return [path];
}

test('a graph that cannot be said in layers is trained on as it is, and its export opens', async ({
  page,
  screens,
  folder,
}) => {
  const { base, train } = screens;
  const files = writeOpaqueGraph(folder);
  await collectGenerated(screens, folder, 4);
  await base.open();
  await base.addFiles(files);
  await base.expectInUse('model');
  await expect(page.getByText('only be exported as a TensorFlow.js graph model')).toBeVisible();
  await train.open();
  await train.train();
  await train.expectComputed(12, 0);

  await base.open();
  await page.getByRole('button', { name: 'Check this base' }).click();
  await expect(page.getByText('not compared with random weights: it runs as one')).toBeVisible();

  const pictures = join(folder, 'pictures');
  drawPictures(pictures, 32);
  const answers = await answersOn(pictures, screens);
  await screens.export.open();
  const exported = await screens.export.downloadModel(folder, 'TF.js graph model');
  await screens.projects.open();
  await screens.projects.drop(exported);
  await expect(page.getByText(/^Opened “Patterns” with its model/)).toBeVisible();
  expect(largestDifference(answers, await answersOn(pictures, screens))).toBeLessThan(1e-5);
  await screens.collect.open();
  await screens.collect.drop(...PHOTO_KINDS.map((kind) => join(folder, kind)));
  await screens.collect.expectNumPhotos(12);
  await train.open();
  await train.fill('Epochs', '5');
  await train.trainMore();
  await expect(train.runs).toHaveCount(2);
  await expect(train.runs.first()).toContainText('completed');
  // On the same base, whose activations are there.
  await train.expectComputed(0, 12);
});

test('weights of PyTorch are trained on', async ({ page, screens, folder }) => {
  const { base, train } = screens;
  const files = writeSafetensors(folder);
  await collectGenerated(screens, folder, 4);
  await base.open();
  await base.addFiles(files);
  await base.expectInUse('mobilenet');
  await train.open();
  await train.train();
  await train.expectComputed(12, 0);

  await base.open();
  await page.getByRole('button', { name: 'Check this base' }).click();
  await expect(page.getByText('the same network with random weights').last()).toBeVisible();
  // The classifier of the file has ten outputs, of which a softmax is taken.
  const table = page.getByRole('table', { name: 'Estimates from a base’s own classes' });
  await expect(table.getByRole('cell', { name: '10', exact: true })).toBeVisible();
});

test.describe('real files (needs GRAFT_ASSETS)', () => {
  test.skip(assets === undefined, 'needs GRAFT_ASSETS');

  for (const name of [
    'weights/mobilenet_v2_0.35_224',
    'weights/mobilenet_v1_0.25_224',
    'weights/mobilenet_v2_0.5_224_graph',
    'weights/mobilenet_v2_1.0_224',
    'weights/mobilenet_v1_1.0_224_notop',
    'teachable-machine/export_a',
    'teachable-machine/embedded_gray_export',
  ]) {
    test(`${name} is trained on`, async ({ page, screens, folder }) => {
      const { base, train } = screens;
      const path = join(assets ?? '', name);
      await collectGenerated(screens, folder, 4);
      await base.open();
      await base.addFiles(readdirSync(path).map((file) => join(path, file)));
      await expect(page.getByText('In use')).toBeVisible({ timeout: 60_000 });
      await base.layers.waitFor();
      await train.open();
      await train.train();
      await train.expectComputed(12, 0);
    });
  }

  test('a broken export is refused with both sizes', async ({ screens: { projects, base } }) => {
    const path = join(assets ?? '', 'teachable-machine/broken_export');
    await projects.open();
    await projects.create('Refusals');
    await base.open();
    await base.addFiles(readdirSync(path).map((file) => join(path, file)));
    await expect(base.failure).toContainText('2154832');
    await expect(base.failure).toContainText('2154032');
  });
});
