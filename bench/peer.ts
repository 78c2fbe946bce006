import { startMeters } from './meters.ts';
import { openBrowser } from './openBrowser.ts';
import { measurePeer } from './peerPage.ts';
import { startPeerServer } from './peerServer.ts';
import { countPhotos, readPhotoFolders } from './photoFolders.ts';
import { round } from './round.ts';

/** What the library holds out of each class, rounded up. */
export const PEER_VALIDATION_PERCENT = 15;

export interface PeerResult {
  readonly library: string;
  readonly backend: string;
  readonly adapter: string;
  readonly photos: number;
  readonly activationSeconds: number;
  readonly photosPerSecond: number;
  readonly trainSeconds: number;
  readonly validationAccuracy: number;
  readonly testAccuracy: number | null;
  readonly testPhotos: number;
  readonly longestTaskMs: number;
  readonly peakHeapMB: number;
}

export interface PeerOptions {
  readonly photos: string;
  readonly test: string | null;
  /** Folder with the MobileNetV2 0.35 that the peer loads: model.json and weights.bin. */
  readonly baseFolder: string;
}

/** Teachable Machine's library with its own TensorFlow.js, in the browser that Graft is measured in. */
export async function runPeer({ photos, test, baseFolder }: PeerOptions): Promise<PeerResult> {
  const trainFolders = readPhotoFolders(photos);
  const testFolders = test === null ? [] : readPhotoFolders(test);
  const server = await startPeerServer(baseFolder);
  const { browser, context } = await openBrowser();
  try {
    const page = await context.newPage();
    const meters = await startMeters(context, page);
    await page.goto(server.origin);
    const measured = await page.evaluate(measurePeer, {
      photos: server.publish('photos', trainFolders),
      test: server.publish('test', testFolders),
      baseUrl: '/base/model.json',
    });
    meters.stop();
    const numPhotos = countPhotos(trainFolders);
    return {
      library: '@teachablemachine/image 0.8.5 with TensorFlow.js 1.3.1',
      backend: measured.backend,
      adapter: measured.adapter,
      photos: numPhotos,
      activationSeconds: round(measured.addSeconds, 1),
      photosPerSecond: round(numPhotos / measured.addSeconds, 1),
      trainSeconds: round(measured.trainSeconds, 2),
      validationAccuracy: round(measured.validationAccuracy, 3),
      testAccuracy: measured.testAccuracy === null ? null : round(measured.testAccuracy, 3),
      testPhotos: countPhotos(testFolders),
      longestTaskMs: meters.takeLongestTaskMs(),
      peakHeapMB: meters.peakHeapMB(),
    };
  } finally {
    await browser.close();
    server.stop();
  }
}
