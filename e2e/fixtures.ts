import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, type BrowserContext } from '@playwright/test';
import { screensOf, type Screens } from './screens.ts';

interface Fixtures {
  readonly screens: Screens;
  /** An empty folder that is removed afterwards. */
  readonly folder: string;
}

/**
 * Blocks and records every request to another origin, script errors and refusals by the
 * Content Security Policy. A route that a test adds later answers before this one.
 */
export async function watch(context: BrowserContext, origin: string): Promise<string[]> {
  const complaints: string[] = [];
  const isForeign = (url: URL) => url.protocol.startsWith('http') && url.origin !== origin;
  await context.route(isForeign, async (route) => {
    complaints.push(`request to another origin: ${route.request().url()}`);
    await route.abort();
  });
  context.on('weberror', (error) => complaints.push(`error: ${error.error().message}`));
  context.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) complaints.push(message.text());
  });
  return complaints;
}

export const test = base.extend<Fixtures>({
  context: async ({ context, baseURL }, use) => {
    const complaints = await watch(context, baseURL ?? '');
    await use(context);
    expect(complaints).toEqual([]);
  },
  screens: async ({ page }, use) => {
    await use(screensOf(page));
  },
  folder: async ({ browserName }, use) => {
    const folder = await mkdtemp(join(tmpdir(), `graft-${browserName}-`));
    await use(folder);
    await rm(folder, { recursive: true });
  },
});

export { expect };
