import { readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { round } from '../round.ts';

/** What figures were measured with. */
export interface Machine {
  /** Day of the run, YYYY-MM-DD. */
  readonly date: string;
  readonly processor: string;
  readonly numCores: number;
  readonly memoryGB: number;
  /** Processes that ran in the last minute before; figures of a busy machine are worth little. */
  readonly loadBefore: number;
  readonly chromium: string;
  readonly packages: Readonly<Record<string, string>>;
}

const PACKAGES = ['@tensorflow/tfjs-core', 'onnxruntime-web', '@litertjs/core'];

export function describeMachine(chromium: string, loadBefore: number): Machine {
  const processors = cpus();
  return {
    date: new Date().toISOString().slice(0, 10),
    processor: processors[0]?.model.trim() ?? 'unknown',
    numCores: processors.length,
    memoryGB: Math.round(totalmem() / 1e9),
    loadBefore,
    chromium,
    packages: Object.fromEntries(PACKAGES.map((name) => [name, versionOf(name)])),
  };
}

/** The system's load average of the last minute. */
export function readLoad(): number {
  return round(loadavg()[0] ?? 0, 1);
}

function versionOf(name: string): string {
  const file = readFileSync(`node_modules/${name}/package.json`, 'utf8');
  return (JSON.parse(file) as { version: string }).version;
}
