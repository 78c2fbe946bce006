import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ASSETS } from '../e2e/catalogueServer.ts';
import { readArguments, USAGE, type BenchArguments } from './arguments.ts';
import { runJourney } from './journey.ts';
import { runPeer } from './peer.ts';
import { comparePeer } from './comparePeer.ts';

/** What the peer loads too, so that the same network is compared. */
const PEER_BASE = 'mobilenet-v2-0.35-224';

async function run(options: BenchArguments): Promise<unknown> {
  if (options.bench === 'journey') return runJourney(options);
  if (ASSETS === undefined) throw new Error('The peer needs its base: set GRAFT_ASSETS');
  const baseFolder = join(ASSETS, 'weights', 'mobilenet_v2_0.35_224');
  const peer = await runPeer({ ...options, baseFolder });
  const graft = await runJourney({ ...options, base: PEER_BASE });
  return { graft, peer, ratios: comparePeer(graft, peer) };
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
