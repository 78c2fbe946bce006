import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

/** What figures were measured with. */
export interface Machine {
  /** Day of the run, YYYY-MM-DD. */
  readonly date: string;
  readonly processor: string;
  readonly numCores: number;
  readonly memoryGB: number;
  readonly chromium: string;
  readonly packages: Readonly<Record<string, string>>;
}

const PACKAGES = ['@tensorflow/tfjs-core', 'onnxruntime-web', '@litertjs/core'];

export function describeMachine(chromium: string): Machine {
  const processors = cpus();
  return {
    date: new Date().toISOString().slice(0, 10),
    processor: processors[0]?.model.trim() ?? 'unknown',
    numCores: processors.length,
    memoryGB: Math.round(totalmem() / 1e9),
    chromium,
    packages: Object.fromEntries(PACKAGES.map((name) => [name, versionOf(name)])),
  };
}

function versionOf(name: string): string {
  const file = readFileSync(`node_modules/${name}/package.json`, 'utf8');
  return (JSON.parse(file) as { version: string }).version;
}
