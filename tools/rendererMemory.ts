import { readFileSync } from 'node:fs';
import type { Browser } from '@playwright/test';

interface ProcessInfo {
  readonly type: string;
  readonly id: number;
}

/** What a page's process holds, with its workers, and the most that it has held so far; in bytes. */
export interface RendererMemory {
  readonly nowBytes: number;
  readonly peakBytes: number;
}

/** Of the browser's largest page process; `null` where the system does not say, which only Linux does. */
export async function readRendererMemory(browser: Browser): Promise<RendererMemory | null> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = (await session.send('SystemInfo.getProcessInfo')) as {
    processInfo: readonly ProcessInfo[];
  };
  await session.detach();
  const found = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => readProcess(id))
    .filter((memory) => memory !== null);
  return found.toSorted((a, b) => b.peakBytes - a.peakBytes)[0] ?? null;
}

function readProcess(id: number): RendererMemory | null {
  try {
    const status = readFileSync(`/proc/${id}/status`, 'utf8');
    return { nowBytes: bytesOf(status, 'VmRSS'), peakBytes: bytesOf(status, 'VmHWM') };
  } catch {
    return null;
  }
}

/** The kernel's kB are 1024 bytes. */
function bytesOf(status: string, field: string): number {
  return 1024 * Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? NaN);
}
