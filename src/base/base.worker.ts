import type { BaseMethods } from '../bridge/protocol.ts';
import { serve } from '../bridge/serve.ts';
import { openDatabase } from '../storage/database.ts';
import { BackendLadder } from './backendLadder.ts';
import { checkPhotos } from './checkPhotos.ts';
import { downloadBase } from './downloadBase.ts';
import { embedSamples } from './embedSamples.ts';
import { createBaseLoader } from './loadedBase.ts';
import { createHeadLoader } from './loadedHead.ts';
import { NetworkRunner } from './networkRunner.ts';
import { predictFrame } from './predictFrame.ts';
import { predictPhotos } from './predictPhotos.ts';
import { prepareBase } from './prepareBase.ts';
import { PreparerPool } from './preparerPool.ts';
import type { Services } from './services.ts';

async function openServices(): Promise<Services> {
  const database = await openDatabase();
  const loadBase = createBaseLoader(database);
  return {
    database,
    loadBase,
    loadHead: createHeadLoader(database, loadBase),
    ladder: new BackendLadder(database, new NetworkRunner()),
    preparers: new PreparerPool(navigator.hardwareConcurrency),
  };
}

// Opened beside serving, so that no call that comes early is missed.
const services = openServices();

serve<BaseMethods>(self, {
  downloadBase: async (params, context) => downloadBase(await services, params, context),
  prepareBase: async (params, context) => prepareBase(await services, params, context),
  checkPhotos: async (params, context) => checkPhotos(await services, params, context),
  embedSamples: async (params, context) => embedSamples(await services, params, context),
  predictFrame: async (params) => predictFrame(await services, params),
  predictPhotos: async (params, context) => predictPhotos(await services, params, context),
});
