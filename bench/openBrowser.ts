import { chromium, type Browser, type BrowserContext } from '@playwright/test';
import { CHROMIUM_ARGS, findChromium } from '../tools/chromium.ts';

/** Headless Chromium with an empty profile. */
export async function openBrowser(): Promise<{ browser: Browser; context: BrowserContext }> {
  const executablePath = findChromium()?.path;
  const browser = await chromium.launch({
    args: CHROMIUM_ARGS,
    ...(executablePath === undefined ? {} : { executablePath }),
  });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  // tsx wraps named functions in a call of `__name`, which the page knows nothing of.
  await context.addInitScript('globalThis.__name = (named) => named');
  return { browser, context };
}
