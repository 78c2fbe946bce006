import { build } from 'vite';
import { useTestBackend } from '../src/engine/backendFixture.ts';
import { relativeDistance } from '../src/engine/goldenFixture.ts';
import { figureFiles, figureInput, readFigures } from '../src/engine/kerasFiguresFixture.ts';
import { predictWithLayers, type ModelFiles } from '../src/engine/layersModelFixture.ts';
import { SMALL_NETWORKS } from '../src/engine/smallNetworksFixture.ts';
import { fixtureTensor } from '../src/network/kerasModelFixture.ts';
import { expect, test } from './fixtures.ts';

const ADDRESS = '/layer-kinds.html';

interface Case {
  readonly name: string;
  readonly files: ModelFiles;
  readonly input: Float32Array;
  readonly inputShape: readonly number[];
  readonly expected: ArrayLike<number>;
}

/** What Keras answered for every kind of layer. */
function kerasCases(): Case[] {
  return [...readFigures('keras2'), ...readFigures('keras3')].map((figure) => ({
    name: figure.name,
    files: figureFiles(figure),
    input: figureInput(figure),
    inputShape: figure.inputShape,
    expected: figure.output,
  }));
}

/** What TF.js layers answer, which fold nothing, for layers that folding takes together. */
async function foldedCases(): Promise<Case[]> {
  await useTestBackend('cpu');
  const input = Float32Array.from(fixtureTensor('batch', 2, 7, 6, 3).values, (value) => value * 4);
  const cases = Object.entries(SMALL_NETWORKS).map(async ([name, files]) => {
    const expected = await predictWithLayers(files, input, [2, 7, 6, 3]);
    return { name, files, input, inputShape: [7, 6, 3], expected };
  });
  return Promise.all(cases);
}

/** The page's script: the plan with the GPU backends, as the app bundles them. */
async function bundle(): Promise<string> {
  const output = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      lib: { entry: 'e2e/layerKindsPage.ts', formats: ['es'] },
    },
  });
  const [first] = [output].flat();
  if (first === undefined || !('output' in first)) throw new Error('Nothing was bundled');
  return first.output[0].code;
}

for (const backend of ['webgl', 'webgpu'] as const) {
  test(`every kind of layer answers as Keras and TF.js do on ${backend}`, async ({ page }) => {
    test.setTimeout(300_000);
    const script = await bundle();
    const body = `<!doctype html><script type="module">${script.replaceAll('</script', '<\\/script')}</script>`;
    await page.route(`**${ADDRESS}`, (route) => route.fulfill({ contentType: 'text/html', body }));
    await page.goto(ADDRESS);
    for (const { name, files, input, inputShape, expected } of [
      ...kerasCases(),
      ...(await foldedCases()),
    ]) {
      const output = await page.evaluate((question) => globalThis.answer(question), {
        backend,
        modelJson: files.modelJson,
        weights: Array.from(new Float32Array(files.weights)),
        input: Array.from(input),
        inputShape,
      });
      expect(output, name).toHaveLength(expected.length);
      // Single precision, and sums in another order.
      expect.soft(relativeDistance(output, expected), name).toBeLessThan(1e-4);
    }
  });
}
