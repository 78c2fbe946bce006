import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page, Route } from '@playwright/test';
import type * as tfjs from '@tensorflow/tfjs';

export interface ParityRequest {
  /** The files of an export, by their path in the zip. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** PNG files, cropped and of the size of the model's input. */
  readonly pictures: readonly Uint8Array[];
}

export interface PeerAnswer {
  readonly labels: readonly string[];
  /** [numPictures][numClasses] */
  readonly probabilities: readonly (readonly number[])[];
}

const PACKAGES = join(import.meta.dirname, '../node_modules');
const ORIGIN = 'http://localhost:49152';

/** What plain TF.js of today answers, as somebody would use it who knows the input's range. */
export function askPlainTfjs(browser: Browser, request: ParityRequest): Promise<PeerAnswer> {
  const script = join(PACKAGES, '@tensorflow/tfjs/dist/tf.min.js');
  return withPage(browser, request, [script], (page, urls) =>
    page.evaluate(askPlainTfjsInPage, urls),
  );
}

/** What Teachable Machine's own library answers, with the old TF.js that it asks for. */
export function askTeachableMachine(browser: Browser, request: ParityRequest): Promise<PeerAnswer> {
  const scripts = [
    join(PACKAGES, 'tfjs-1.3.1/dist/tf.min.js'),
    join(PACKAGES, '@teachablemachine/image/dist/teachablemachine-image.min.js'),
  ];
  return withPage(browser, request, scripts, (page, urls) =>
    page.evaluate(askTeachableMachineInPage, urls),
  );
}

/** What ml5's image classifier answers, given the address of the model as of a Teachable Machine link. */
export async function askMl5(
  browser: Browser,
  script: string,
  request: ParityRequest,
): Promise<PeerAnswer> {
  return withPage(browser, request, [script], (page, urls) => page.evaluate(askMl5InPage, urls));
}

/** Largest difference between two tables of probabilities. */
export function largestDifference(
  a: PeerAnswer['probabilities'],
  b: PeerAnswer['probabilities'],
): number {
  const differences = a.flatMap((row, picture) =>
    row.map((probability, index) => Math.abs(probability - (b[picture]?.[index] ?? NaN))),
  );
  if (differences.length === 0 || differences.some(Number.isNaN)) return Infinity;
  return Math.max(...differences);
}

async function withPage(
  browser: Browser,
  { files, pictures }: ParityRequest,
  scripts: readonly string[],
  ask: (page: Page, pictureUrls: readonly string[]) => Promise<PeerAnswer>,
): Promise<PeerAnswer> {
  const context = await browser.newContext();
  try {
    const pictureUrls = pictures.map((_, index) => `/pictures/${index}.png`);
    const served = new Map<string, Uint8Array | string>([
      ['/', '<!doctype html><title>Parity</title>'],
      ...[...files].map(([path, bytes]) => [`/${path}`, bytes] as const),
      ...pictures.map((bytes, index) => [pictureUrls[index] ?? '', bytes] as const),
    ]);
    // Nothing but the export and its pictures can be reached.
    await context.route('**/*', (route) => answer(route, served));
    const page = await context.newPage();
    await page.goto(`${ORIGIN}/`);
    for (const script of scripts) {
      await page.addScriptTag({ content: await readFile(script, 'utf8') });
    }
    return await ask(page, pictureUrls);
  } finally {
    await context.close();
  }
}

function answer(route: Route, served: ReadonlyMap<string, Uint8Array | string>): Promise<void> {
  const { origin, pathname } = new URL(route.request().url());
  const body = origin === ORIGIN ? served.get(pathname) : undefined;
  if (body === undefined) return route.abort();
  const contentType = pathname === '/' ? 'text/html' : 'application/octet-stream';
  return route.fulfill({ body: typeof body === 'string' ? body : Buffer.from(body), contentType });
}

/** The libraries as their scripts leave them on the page. */
interface PageGlobals {
  readonly tf: typeof tfjs;
  readonly ml5: {
    imageClassifier(modelUrl: string): Promise<{
      classify(
        picture: HTMLCanvasElement,
      ): Promise<readonly { readonly label: string; readonly confidence: number }[]>;
    }>;
  };
  readonly tmImage: {
    load(
      model: string,
      metadata: string,
    ): Promise<{
      predict(
        picture: HTMLCanvasElement,
      ): Promise<readonly { readonly className: string; readonly probability: number }[]>;
    }>;
  };
}

/** Runs in the page, and so can use nothing of this file. */
async function askPlainTfjsInPage(pictureUrls: readonly string[]): Promise<PeerAnswer> {
  const { tf } = globalThis as unknown as PageGlobals;
  const metadata = (await (await fetch('/metadata.json')).json()) as { labels: string[] };
  const model = await tf.loadLayersModel('/model.json');
  const probabilities: number[][] = [];
  for (const url of pictureUrls) {
    const bitmap = await createImageBitmap(await (await fetch(url)).blob());
    const pixels = tf.browser.fromPixels(bitmap);
    const input = tf.expandDims(tf.sub(tf.div(pixels, 127), 1));
    const output = model.predict(input) as tfjs.Tensor;
    probabilities.push(Array.from(await output.data()));
  }
  return { labels: metadata.labels, probabilities };
}

/** Runs in the page, and so can use nothing of this file. */
async function askTeachableMachineInPage(pictureUrls: readonly string[]): Promise<PeerAnswer> {
  const { tmImage } = globalThis as unknown as PageGlobals;
  const model = await tmImage.load('/model.json', '/metadata.json');
  let labels: string[] = [];
  const probabilities: number[][] = [];
  for (const url of pictureUrls) {
    const bitmap = await createImageBitmap(await (await fetch(url)).blob());
    const canvas = document.createElement('canvas');
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
    const answer = await model.predict(canvas);
    labels = answer.map(({ className }) => className);
    probabilities.push(answer.map(({ probability }) => probability));
  }
  return { labels, probabilities };
}

/** Runs in the page, and so can use nothing of this file. */
async function askMl5InPage(pictureUrls: readonly string[]): Promise<PeerAnswer> {
  const { ml5 } = globalThis as unknown as PageGlobals;
  const { labels } = (await (await fetch('/metadata.json')).json()) as { labels: string[] };
  const classifier = await ml5.imageClassifier(new URL('/model.json', location.href).href);
  const probabilities: number[][] = [];
  for (const url of pictureUrls) {
    const bitmap = await createImageBitmap(await (await fetch(url)).blob());
    const canvas = document.createElement('canvas');
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
    const answers = await classifier.classify(canvas);
    // The likeliest class comes first.
    const confidenceOf = (name: string) => answers.find(({ label }) => label === name)?.confidence;
    probabilities.push(labels.map((label) => confidenceOf(label) ?? NaN));
  }
  return { labels, probabilities };
}
