import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

/** A browser to test with, and where it came from. */
export interface Chromium {
  readonly path: string;
  readonly origin: 'CHROMIUM_PATH' | 'the system' | 'Playwright';
}

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Flags for WebGPU without a GPU, a webcam without a camera, and true heap sizes. */
export const CHROMIUM_ARGS = [
  '--enable-unsafe-webgpu',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--enable-precise-memory-info',
];

/** `CHROMIUM_PATH`, then the system's, then Playwright's own; `null` where there is none. */
export function findChromium(): Chromium | null {
  const chosen = process.env['CHROMIUM_PATH'];
  if (chosen !== undefined && chosen !== '') {
    if (!isExecutable(chosen)) throw new Error(`CHROMIUM_PATH is not a program: ${chosen}`);
    return { path: chosen, origin: 'CHROMIUM_PATH' };
  }
  const folders = ['/usr/bin', ...(process.env['PATH'] ?? '').split(delimiter)];
  const candidates = COMMANDS.flatMap((name) => folders.map((folder) => join(folder, name)));
  const system = candidates.find(isExecutable);
  if (system !== undefined) return { path: system, origin: 'the system' };
  const own = chromium.executablePath();
  return existsSync(own) ? { path: own, origin: 'Playwright' } : null;
}

/**
 * Installs Playwright's Chromium or, where that cannot be had or does not start, Debian's package.
 * Throws a sentence that says what to do when neither works.
 */
export async function installChromium(): Promise<Chromium> {
  const isRootOnDebian = process.getuid?.() === 0 && existsSync('/etc/debian_version');
  const install = ['playwright', 'install', ...(isRootOnDebian ? ['--with-deps'] : []), 'chromium'];
  console.log('No Chromium found; installing Playwright’s.');
  const own = { path: chromium.executablePath(), origin: 'Playwright' } as const;
  if (succeeds('npx', install) && (await starts(own))) return own;
  if (isRootOnDebian) {
    console.log('That did not work; installing Debian’s package.');
    if (succeeds('apt-get', ['update']) && succeeds('apt-get', ['install', '-y', 'chromium'])) {
      return { path: '/usr/bin/chromium', origin: 'the system' };
    }
  }
  throw new Error('No Chromium could be installed. Install one and set CHROMIUM_PATH to its path.');
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function succeeds(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'inherit' }).status === 0;
}

async function starts({ path }: Chromium): Promise<boolean> {
  try {
    await (await chromium.launch({ executablePath: path })).close();
    return true;
  } catch {
    return false;
  }
}
