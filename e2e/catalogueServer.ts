import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext } from '@playwright/test';
import { CATALOGUE } from '../src/catalogue/bases.ts';

/** Weights and photos that are not the project's own; without them the tests that need them are skipped. */
export const ASSETS = process.env['GRAFT_ASSETS'];

/** MobileNetV2 0.35, the base that the app downloads from its public address. */
export const BETTER_BASE = required(
  CATALOGUE.find(({ id }) => id === 'mobilenet-v2-0.35-224'),
  'A base to download',
);

const FOLDER_URL = required(BETTER_BASE.addresses[0], 'Its address').replace(/[^/]+$/, '');
const ANYONE = {
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
};

/** Answers requests for the better base with the files under GRAFT_ASSETS. */
export async function serveBetterBase(
  context: BrowserContext,
  change: (fileName: string, bytes: Buffer) => Buffer = (_name, bytes) => bytes,
): Promise<void> {
  const folder = join(required(ASSETS, 'GRAFT_ASSETS'), 'weights', 'mobilenet_v2_0.35_224');
  await context.route(`${FOLDER_URL}*`, async (route) => {
    const name = new URL(route.request().url()).pathname.split('/').at(-1) ?? '';
    const local = name === 'model.json' ? name : 'weights.bin';
    const body = change(name, await readFile(join(folder, local)));
    await route.fulfill({ body, headers: ANYONE });
  });
}

/** Makes the base's address fail as it does without a network. */
export async function unplugBetterBase(context: BrowserContext): Promise<void> {
  await context.route(`${FOLDER_URL}*`, (route) => route.abort('internetdisconnected'));
}

function required<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`${what} is missing`);
  return value;
}
