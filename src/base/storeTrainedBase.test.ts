import 'fake-indexeddb/auto';
import '../engine/fileReaderSyncFixture.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useTestBackend } from '../engine/backendFixture.ts';
import { createPlan } from '../engine/plan.ts';
import { createRandom } from '../domain/random.ts';
import { DEFAULT_SCRATCH_FIT } from '../domain/scratchFit.ts';
import type { Sha256 } from '../domain/ids.ts';
import { DEFAULT_TWO_CONVOLUTIONS, FROZEN_CUT } from '../domain/twoConvolutions.ts';
import { asBlobs } from '../exporters/blobFile.ts';
import { tfjsLayersFiles } from '../exporters/tfjsLayers.ts';
import { twoConvolutions } from '../network/architectures/twoConvolutions.ts';
import type { Network } from '../network/network.ts';
import { describeBase } from './describeBase.ts';
import type { Services } from './services.ts';
import { openLoneBaseServices } from './servicesFixture.ts';
import { removeBase } from './storedBases.ts';
import { storeTrainedBase } from './storeTrainedBase.ts';

const settings = { ...DEFAULT_TWO_CONVOLUTIONS, inputSize: 20, filters: 4, isGrey: true };
const network = twoConvolutions(settings, 3, createRandom(5));
const training = {
  projectName: 'Patterns',
  classNames: ['a', 'b', 'c'],
  settings,
  fit: DEFAULT_SCRATCH_FIT,
  validationAccuracy: 0.9,
};

let services: Services;

beforeEach(async () => {
  services = await openLoneBaseServices();
});

afterEach(() => {
  vi.unstubAllGlobals();
});

function store(name: string, changed: Partial<Parameters<typeof storeTrainedBase>[1]> = {}) {
  const files = asBlobs(tfjsLayersFiles(network));
  return storeTrainedBase(services, { name, files, training, graphHash: null, ...changed });
}

async function answersOf(each: Network): Promise<Float32Array> {
  const random = createRandom(2);
  const rows = Float32Array.from({ length: 2 * 20 * 20 }, () => random.next());
  const plan = createPlan(each, [20, 20, 1]);
  const answers = await plan.run(rows, 2);
  plan.dispose();
  return answers;
}

describe('storeTrainedBase', () => {
  it('stores a base that says where it comes from', async () => {
    const { base } = await store('My base');
    expect(base).toMatchObject({
      id: `imported-${base.graphHash.slice(0, 16)}`,
      name: 'My base',
      origin: 'trained',
      format: 'tfjs-layers',
      inputHeight: 20,
      inputWidth: 20,
      pixelRange: { channelOrder: 'grey', scale: [1 / 255], offset: [0] },
      isPixelRangeGuessed: false,
      defaultCut: FROZEN_CUT,
      training,
    });
    const { layers } = await describeBase(services, { baseId: base.id });
    const [position = -1] = FROZEN_CUT.positions;
    expect(layers[position]?.outputShape).toEqual([8, 8, 4]);
  });

  it('gives it back with the answers that it had', async () => {
    await useTestBackend('cpu');
    const { base } = await store('My base');
    services.loadBase.forget(base.id);
    const loaded = await services.loadBase(base.id);
    expect(loaded.base).toEqual(base);
    expect(await answersOf(loaded.network as Network)).toEqual(await answersOf(network));
  });

  it('takes a network that an archive brings, if it is the one that it should be', async () => {
    const { base } = await store('My base');
    await removeBase(services, { baseId: base.id });
    const other = 'ab'.repeat(32) as Sha256;
    await expect(store('Theirs', { graphHash: other })).rejects.toMatchObject({
      code: 'base-hash-mismatch',
      details: { base: 'Theirs', found: base.graphHash },
    });
    expect(await services.database.count('bases')).toBe(0);
    const restored = await store('My base', { graphHash: base.graphHash });
    expect(restored.base).toEqual(base);
  });

  it.each([
    { settings: { ...settings, inputSize: 21 } },
    { settings: { ...settings, isGrey: false } },
    { settings: { ...settings, poolSize: 4 } },
    { settings: { ...settings, filters: 5 } },
    { classNames: ['a', 'b'] },
  ])('refuses a network that is not made as it is said to be: %j', async (changed) => {
    await expect(store('x', { training: { ...training, ...changed } })).rejects.toMatchObject({
      code: 'base-invalid',
    });
    expect(await services.database.count('bases')).toBe(0);
  });

  it('keeps one of the same weights, and removes it like any other', async () => {
    await store('My base');
    const { base } = await store('Again');
    expect(await services.database.count('bases')).toBe(1);
    await removeBase(services, { baseId: base.id });
    expect(await services.database.count('bases')).toBe(0);
  });
});
