import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ASSETS } from '../e2e/catalogueServer.ts';
import { startAppServer } from './appServer.ts';
import { readArguments, USAGE, type BaseBenchArguments, type BenchArguments } from './arguments.ts';
import { writePerformanceDoc } from './base/performanceDoc.ts';
import { runBaseBench } from './base/runBaseBench.ts';
import { runExports } from './exports.ts';
import { runHeadBench } from './head/runHeadBench.ts';
import { runJourney } from './journey.ts';
import { runPeerRounds } from './peerRounds.ts';

async function run(options: BenchArguments): Promise<unknown> {
  if (options.bench === 'base') return measureBases(options);
  if (options.bench === 'head') return runHeadBench(needAssets());
  const server = await startAppServer();
  try {
    if (options.bench === 'exports') {
      return await runExports(join(needAssets(), 'photos', 'flowers'), server);
    }
    if (options.bench === 'journey') {
      return await runJourney({ ...options, validationPercent: null }, server);
    }
    const peersBase = join(needAssets(), 'weights', 'mobilenet_v2_0.35_224');
    return await runPeerRounds(options, server, peersBase);
  } finally {
    await server.stop();
  }
}

async function measureBases({ isForDoc }: BaseBenchArguments): Promise<unknown> {
  const result = await runBaseBench(needAssets());
  if (isForDoc) writePerformanceDoc(result);
  return result;
}

function needAssets(): string {
  if (ASSETS === undefined) throw new Error('Bases and photos are under GRAFT_ASSETS: set it');
  return ASSETS;
}

let options: BenchArguments;
try {
  options = readArguments(process.argv.slice(2));
} catch (thrown) {
  console.error(thrown instanceof Error ? thrown.message : thrown);
  console.error(USAGE);
  process.exit(2);
}
const report = `${JSON.stringify(await run(options), null, 2)}\n`;
process.stdout.write(report);
if (options.out !== null) {
  mkdirSync(dirname(options.out), { recursive: true });
  writeFileSync(options.out, report);
}
