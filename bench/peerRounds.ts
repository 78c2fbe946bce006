import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AppServer } from './appServer.ts';
import type { PhotoBenchArguments } from './arguments.ts';
import { comparePeer, type PeerComparison } from './comparePeer.ts';
import { copyPhotos, drawPhotos } from './drawPhotos.ts';
import { runJourney, type JourneyResult } from './journey.ts';
import { PEER_VALIDATION_PERCENT, runPeer, type PeerResult } from './peer.ts';
import { readPhotoFolders } from './photoFolders.ts';

export interface PeerReport {
  readonly rounds: readonly { readonly graft: JourneyResult; readonly peer: PeerResult }[];
  /** Of each class's photos, by both, so that both train on as many. */
  readonly heldOutPercent: number;
  readonly comparison: PeerComparison;
}

/** What the peer loads too, so that the same network is compared. */
const BASE = 'mobilenet-v2-0.35-224';

/** Peer and Graft, one after the other, on the same photos: as they lie in folders, or drawn from them. */
export async function runPeerRounds(
  { photos, test, draws, backend }: PhotoBenchArguments,
  server: AppServer,
  baseFolder: string,
): Promise<PeerReport> {
  const rounds: { graft: JourneyResult; peer: PeerResult }[] = [];
  const run = async (folders: { photos: string; test: string | null }) => {
    const peer = await runPeer({ ...folders, baseFolder });
    const validationPercent = PEER_VALIDATION_PERCENT;
    const options = { ...folders, backend, base: BASE, validationPercent };
    const graft = await runJourney(options, server);
    rounds.push({ graft, peer });
    console.error(`Round ${rounds.length}: ${graft.testAccuracy} against ${peer.testAccuracy}`);
  };
  if (draws === null) await run({ photos, test });
  else {
    const pool = readPhotoFolders(photos);
    for (let seed = 1; seed <= draws.repeats; seed++) {
      const drawn = drawPhotos(pool, draws, seed);
      await withFolder(async (folder) => {
        const folders = { photos: join(folder, 'photos'), test: join(folder, 'test') };
        copyPhotos(drawn.train, folders.photos);
        copyPhotos(drawn.test, folders.test);
        await run(folders);
      });
    }
  }
  return { rounds, heldOutPercent: PEER_VALIDATION_PERCENT, comparison: comparePeer(rounds) };
}

async function withFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'graft-bench-'));
  try {
    await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
