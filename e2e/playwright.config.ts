import { defineConfig } from '@playwright/test';
import { CHROMIUM_ARGS, findChromium } from '../tools/chromium.ts';

const port = 4317;
const executablePath = findChromium()?.path;

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  // Two cores are never both busy with one test. Its limits are for a test that shares them.
  workers: 2,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  forbidOnly: true,
  use: {
    baseURL: `http://localhost:${port}`,
    viewport: { width: 1280, height: 800 },
    actionTimeout: 30_000,
    // A trace of every test, to keep those of the few that fail, takes a fifth of the whole time.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      args: CHROMIUM_ARGS,
      ...(executablePath === undefined ? {} : { executablePath }),
    },
  },
  webServer: {
    command: `npx vite preview --port ${port} --strictPort`,
    cwd: '..',
    port,
  },
});
