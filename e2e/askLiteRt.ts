import { join } from 'node:path';
import type { BrowserContext } from '@playwright/test';

/** Nothing listens there: what a page asks of it comes from the installed packages and the zip. */
const ORIGIN = 'http://localhost:49154';
const PACKAGES = join(import.meta.dirname, '../node_modules');
const IMPORTS = {
  '@litertjs/core': '/packages/@litertjs/core/dist/index.js',
  '@litertjs/wasm-utils': '/packages/@litertjs/wasm-utils/dist/index.js',
};
const PAGE = `<!doctype html><script type="importmap">${JSON.stringify({ imports: IMPORTS })}</script>`;

/**
 * What LiteRT.js answers, in a page of its own, for pictures that lie in an exported zip beside `model.tflite`,
 * by their paths: [numPictures][numClasses].
 */
export async function askLiteRt(
  context: BrowserContext,
  files: ReadonlyMap<string, Buffer>,
  pictures: readonly string[],
): Promise<readonly (readonly number[])[]> {
  await context.route(`${ORIGIN}/**`, (route) => {
    const path = new URL(route.request().url()).pathname.slice(1);
    if (path === '') return route.fulfill({ body: PAGE, contentType: 'text/html' });
    const [, name] = /^packages\/(.+)$/.exec(path) ?? [];
    if (name !== undefined) return route.fulfill({ path: join(PACKAGES, name) });
    const body = files.get(path);
    return body === undefined ? route.abort() : route.fulfill({ body });
  });
  const page = await context.newPage();
  await page.goto(`${ORIGIN}/`);
  const answers = await page.evaluate(askInPage, pictures);
  await page.close();
  return answers;
}

/** Runs in the page, and so can use nothing of this file. */
async function askInPage(pictures: readonly string[]): Promise<number[][]> {
  const { loadAndCompile, loadLiteRt, Tensor } = await import('@litertjs/core');
  await loadLiteRt('/packages/@litertjs/core/wasm/litert_wasm_compat_internal.js');
  const model = await loadAndCompile('/model.tflite', {
    accelerator: 'wasm',
    cpuOptions: { numThreads: 1 },
  });
  const answers: number[][] = [];
  for (const path of pictures) {
    const bitmap = await createImageBitmap(await (await fetch(`/${path}`)).blob());
    const { width, height } = bitmap;
    const context = new OffscreenCanvas(width, height).getContext('2d');
    context?.drawImage(bitmap, 0, 0);
    const rgba = context?.getImageData(0, 0, width, height).data ?? [];
    const rgb = Float32Array.from(rgba).filter((_, i) => i % 4 !== 3);
    const [output] = await model.run(new Tensor(rgb, [1, height, width, 3]));
    answers.push(Array.from(((await output?.data()) ?? []) as Float32Array));
  }
  return answers;
}
