import {
  fixtureInput,
  fixtureLayer,
  fixtureModel,
  fixtureTensor,
} from '../src/network/kerasModelFixture.ts';
import { expect, test } from './fixtures.ts';
import { screensOf } from './screens.ts';
import { startStallingServer, type StallingServer } from './stallingServer.ts';
import { countRows } from './storedData.ts';

const PORT = 4318;
const ORIGIN = `http://localhost:${PORT}`;
/** Parts are stored when they have this size. */
const PART_BYTES = 4 * 1024 * 1024;

test.use({ baseURL: ORIGIN });

let server: StallingServer;

test.beforeEach(async () => {
  const { modelJson, weights } = fixtureModel(
    [
      fixtureInput('input', 64, 64, 3),
      fixtureLayer(
        'Conv2D',
        'narrow',
        { filters: 64, kernel_size: [3, 3], use_bias: false },
        'input',
      ),
      fixtureLayer(
        'Conv2D',
        'wide',
        { filters: 5000, kernel_size: [3, 3], use_bias: false },
        'narrow',
      ),
    ],
    [fixtureTensor('narrow/kernel', 3, 3, 3, 64), fixtureTensor('wide/kernel', 3, 3, 64, 5000)],
  );
  const files = {
    'model.json': new TextEncoder().encode(modelJson),
    'weights.bin': new Uint8Array(weights),
  };
  server = await startStallingServer(PORT, files);
});

test.afterEach(() => server.stop());

test('a download goes on after its tab was killed', async ({ context, page, screens }) => {
  await screens.projects.open();
  await screens.projects.create('Resumed');
  await screens.base.open();
  server.stallsAfterBytes = 6_000_000;
  await screens.base.addFromUrl(`${ORIGIN}/files/model.json`);
  // The model's own file, and a part of the weights.
  await expect.poll(() => countRows(page, 'downloads')).toBe(2);
  await page.close();

  server.stallsAfterBytes = null;
  const again = await context.newPage();
  const { projects, base } = screensOf(again);
  await projects.open();
  await projects.openProject('Resumed');
  await base.open();
  await base.addFromUrl(`${ORIGIN}/files/model.json`);
  await base.expectInUse('files');
  expect(server.requests).toHaveLength(3);
  const from = Number(/^weights\.bin bytes=(\d+)-$/u.exec(server.requests[2] ?? '')?.[1]);
  expect(from).toBeGreaterThanOrEqual(PART_BYTES);
  expect(await countRows(again, 'downloads')).toBe(0);
  expect(await countRows(again, 'bases')).toBe(1);
});
