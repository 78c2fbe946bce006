import type { Page } from '@playwright/test';
import { collectGenerated } from './collectGenerated.ts';
import { expect, test } from './fixtures.ts';

// Machines without a GPU offer WebGL and WebGPU in software: right, but far slower than WASM.

test('by itself the app stays on WebAssembly where a GPU is only software, and says why', async ({
  page,
  screens,
  folder,
}) => {
  const { train } = screens;
  await collectGenerated(screens, folder, 2);
  await train.open();
  await train.train();
  await expect(train.backendInUse).toContainText('WebAssembly');
  test.skip(!(await hasSoftwareGpu(page)), 'this machine has a GPU');
  await expect(train.backendPanel).toContainText('Left alone: a graphics card in software only');
});

for (const name of ['WebGL', 'WebGPU', 'JavaScript']) {
  test(`${name}, chosen by hand, computes a handful of photos`, async ({ screens, folder }) => {
    test.setTimeout(240_000);
    const { train } = screens;
    await collectGenerated(screens, folder, 2);
    await train.open();
    await train.chooseBackend(name);
    await train.train();
    await expect(train.backendInUse).toContainText(name);
    await train.expectComputed(6, 0);
    await expect(train.runs).toHaveCount(1);
  });
}

async function hasSoftwareGpu(page: Page): Promise<boolean> {
  const renderer = await page.evaluate(() => {
    const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
    const info = gl?.getExtension('WEBGL_debug_renderer_info');
    return gl && info ? String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL)) : '';
  });
  return /SwiftShader|llvmpipe/i.test(renderer);
}
