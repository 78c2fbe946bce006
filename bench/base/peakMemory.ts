import { readFileSync } from 'node:fs';
import type { Browser } from '@playwright/test';

interface ProcessInfo {
  readonly type: string;
  readonly id: number;
}

/**
 * The most memory that the browser's largest page process has held so far, in MB; `null` where the
 * system does not say, which only Linux does.
 */
export async function peakMemoryMB(browser: Browser): Promise<number | null> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = (await session.send('SystemInfo.getProcessInfo')) as {
    processInfo: readonly ProcessInfo[];
  };
  const peaks = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => readPeakKB(id))
    .filter((peak) => peak !== null);
  return peaks.length === 0 ? null : Math.round(Math.max(...peaks) / 1000);
}

function readPeakKB(processId: number): number | null {
  try {
    const status = readFileSync(`/proc/${processId}/status`, 'utf8');
    const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(status)?.[1];
    return kilobytes === undefined ? null : Number(kilobytes);
  } catch {
    return null;
  }
}
