import type { BaseMethods } from '../bridge/protocol.ts';
import { serve } from '../bridge/serve.ts';
import { deviceMemoryGib } from '../domain/trainingBudget.ts';
import { openDatabase } from '../storage/database.ts';
import { BackendLadder } from './backendLadder.ts';
import { checkPhotos } from './checkPhotos.ts';
import { describeColours } from './describeColours.ts';
import { describeBase } from './describeBase.ts';
import { embedSamples } from './embedSamples.ts';
import { embedPixels } from './embedPixels.ts';
import { createBaseLoader } from './loadedBase.ts';
import { createHeadLoader } from './loadedHead.ts';
import { NetworkRunner } from './networkRunner.ts';
import { predictFrame } from './predictFrame.ts';
import { predictLiveFrame } from './predictLiveFrame.ts';
import { predictPhotos } from './predictPhotos.ts';
import { prepareBase } from './prepareBase.ts';
import { previewViews } from './previewViews.ts';
import { numPhotoWorkers } from './numNetworks.ts';
import { PhotoPool } from './photoPool.ts';
import { discardDownload, removeBase, setBasePixelRange } from './storedBases.ts';
import type { Services } from './services.ts';

async function openServices(): Promise<Services> {
  const database = await openDatabase();
  const photos = new PhotoPool(numPhotoWorkers(navigator.hardwareConcurrency));
  const loadBase = createBaseLoader(database, (baseId) => photos.forgetBase(baseId));
  const runner = new NetworkRunner();
  return {
    database,
    loadBase,
    loadHead: createHeadLoader(database, loadBase),
    runner,
    ladder: new BackendLadder(database, runner),
    photos,
    memoryGib: deviceMemoryGib(),
  };
}

// Opened beside serving, so that no call that comes early is missed.
const services = openServices();

serve<BaseMethods>(self, {
  // Every page loads this worker, and few add a network or a model.
  downloadBase: async (params, context) =>
    (await import('./downloadBase.ts')).downloadBase(await services, params, context),
  addBaseFromUrl: async (params, context) =>
    (await import('./addBaseFromUrl.ts')).addBaseFromUrl(await services, params, context),
  importBase: async (params) =>
    (await import('./importBase.ts')).importBase(await services, params),
  openModel: async (params) => (await import('./openModel.ts')).openModel(await services, params),
  removeBase: async (params) => removeBase(await services, params),
  discardDownload: async (params) => discardDownload(await services, params),
  storeTrainedBase: async (params) =>
    (await import('./storeTrainedBase.ts')).storeTrainedBase(await services, params),
  setBasePixelRange: async (params) => setBasePixelRange(await services, params),
  describeBase: async (params) => describeBase(await services, params),
  prepareBase: async (params, context) => prepareBase(await services, params, context),
  checkPhotos: async (params, context) => checkPhotos(await services, params, context),
  describeColours: async (params, context) => describeColours(await services, params, context),
  embedSamples: async (params, context) => embedSamples(await services, params, context),
  embedPixels: async (params, context) => embedPixels(await services, params, context),
  previewViews: async (params) => previewViews(await services, params),
  predictFrame: async (params) => predictFrame(await services, params),
  predictLiveFrame: async (params) => predictLiveFrame(await services, params),
  predictGolden: async (params) =>
    (await import('./predictGolden.ts')).predictGolden(await services, params),
  drawGolden: async (params) =>
    (await import('./predictGolden.ts')).drawGolden(await services, params),
  drawSprite: async (params, context) =>
    (await import('./drawSprite.ts')).drawSprite(await services, params, context),
  predictPhotos: async (params, context) => predictPhotos(await services, params, context),
});
