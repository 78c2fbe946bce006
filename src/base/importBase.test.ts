import 'fake-indexeddb/auto';
import '../engine/fileReaderSyncFixture.ts';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { graphInput, graphModelFixture, graphNode } from '../network/graphModel/graphFixture.ts';
import {
  fixtureInput,
  fixtureLayer,
  fixtureModel,
  fixtureTensor,
} from '../network/kerasModelFixture.ts';
import { putActivations, missingActivations } from '../storage/activations.ts';
import { getStoredBase } from '../storage/bases.ts';
import { preprocessingFor } from '../domain/baseModel.ts';
import type { Sha256 } from '../domain/ids.ts';
import { describeBase } from './describeBase.ts';
import { importBase } from './importBase.ts';
import type { Services } from './services.ts';
import { openLoneBaseServices } from './servicesFixture.ts';
import { removeBase, setBasePixelRange } from './storedBases.ts';

const assets = process.env['GRAFT_ASSETS'];

let services: Services;

beforeEach(async () => {
  services = await openLoneBaseServices();
});

afterEach(() => {
  vi.unstubAllGlobals();
});

/** A picture of any size, 4 filters, their average, 2 classes. */
function smallModel(): File[] {
  const { modelJson, weights } = fixtureModel(
    [
      fixtureInput('in', null, null, 3),
      fixtureLayer('Conv2D', 'conv', { filters: 4, kernel_size: [3, 3], use_bias: false }, 'in'),
      fixtureLayer('GlobalAveragePooling2D', 'average', {}, 'conv'),
      fixtureLayer('Dense', 'answer', { units: 2, activation: 'softmax' }, 'average'),
    ],
    [
      fixtureTensor('conv/kernel', 3, 3, 3, 4),
      fixtureTensor('answer/kernel', 4, 2),
      fixtureTensor('answer/bias', 2),
    ],
  );
  return [new File([modelJson], 'model.json'), new File([weights], 'weights.bin')];
}

function filesIn(folder: string): File[] {
  return readdirSync(folder).map((name) => new File([readFileSync(join(folder, name))], name));
}

describe('importBase', () => {
  it('takes a network of anybody’s, and says what it had to guess', async () => {
    const { base, wasKnown, classNames } = await importBase(services, { files: smallModel() });
    expect({ wasKnown, classNames }).toEqual({ wasKnown: false, classNames: null });
    expect(base).toMatchObject({
      name: 'model',
      origin: 'imported',
      format: 'tfjs-layers',
      isVerified: false,
      numParameters: 108 + 10,
      inputHeight: 224,
      inputWidth: 224,
      isPixelRangeGuessed: true,
      defaultCut: { positions: [1], pooling: 'global-average' },
      quality: 'unknown',
    });
    expect(base.id).toBe(`imported-${base.graphHash.slice(0, 16)}`);
    expect((await services.loadBase(base.id)).network).toHaveProperty('layers.length', 4);
    const { layers, suggestedCuts } = await describeBase(services, { baseId: base.id });
    expect(layers.map(({ name }) => name)).toEqual(['in', 'conv', 'average', 'answer']);
    expect(layers[1]?.outputShape).toEqual([222, 222, 4]);
    expect(suggestedCuts.filter(({ isDefault }) => isDefault)).toHaveLength(1);
  });

  it('stores the same network once, under the name that it has', async () => {
    const first = await importBase(services, { files: smallModel() });
    const again = smallModel().map((file) =>
      file.name === 'model.json' ? new File([file], 'mine.json') : file,
    );
    expect(await importBase(services, { files: again })).toEqual({ ...first, wasKnown: true });
    expect(await services.database.count('bases')).toBe(1);
  });

  it('forgets nothing that a removed base has computed', async () => {
    const { base } = await importBase(services, { files: smallModel() });
    const { graphHash, defaultCut: cut } = base;
    const preprocessing = preprocessingFor(base, 'centre-square');
    const space = { graphHash, cut, preprocessing, view: 'original' } as const;
    const imageHash = 'a'.repeat(64) as Sha256;
    await putActivations(services.database, space, [{ imageHash, values: new Uint16Array(4) }]);
    await removeBase(services, { baseId: base.id });
    await expect(services.loadBase(base.id)).rejects.toMatchObject({ code: 'base-not-stored' });
    const { base: back } = await importBase(services, { files: smallModel() });
    expect(back).toEqual(base);
    expect(await missingActivations(services.database, space, [imageHash])).toEqual([]);
  });

  it('takes the pixel range that it is told', async () => {
    const { base } = await importBase(services, { files: smallModel() });
    await services.loadBase(base.id);
    const pixelRange = { channelOrder: 'bgr', scale: [1], offset: [0, 1, 2] } as const;
    await setBasePixelRange(services, { baseId: base.id, pixelRange });
    const { base: changed } = await services.loadBase(base.id);
    expect(changed).toEqual({ ...base, pixelRange, isPixelRangeGuessed: false });
  });

  it('takes a graph that can only run as it is', async () => {
    const nodes = [
      graphInput('in', 6, 6, 3),
      graphNode('Sin', 'sine', ['in']),
      graphNode('Softmax', 'answer', ['sine']),
    ];
    const { modelJson, weights } = graphModelFixture(nodes, []);
    const bytes = weights.read(0, weights.size);
    const files = [new File([modelJson], 'model.json'), new File([bytes], weights.name)];
    const { base } = await importBase(services, { files });
    expect(base).toMatchObject({ isOpaque: true, format: 'tfjs-graph', inputHeight: 6 });
    const { layers } = await describeBase(services, { baseId: base.id });
    expect(layers.map(({ kind, outputShape }) => [kind, outputShape])).toEqual([
      ['Sin', [6, 6, 3]],
      ['Softmax', [6, 6, 3]],
    ]);
  });

  it('stores nothing of what it refuses', async () => {
    const files = [new File(['{"a":1}'], 'model.json')];
    await expect(importBase(services, { files })).rejects.toMatchObject({ code: 'base-invalid' });
    const vector = fixtureModel(
      [fixtureInput('in', 9), fixtureLayer('Dense', 'out', { units: 2 }, 'in')],
      [fixtureTensor('out/kernel', 9, 2), fixtureTensor('out/bias', 2)],
    );
    const noPicture = [
      new File([vector.modelJson], 'model.json'),
      new File([vector.weights], 'weights.bin'),
    ];
    await expect(importBase(services, { files: noPicture })).rejects.toMatchObject({
      code: 'base-invalid',
    });
    expect(await services.database.count('bases')).toBe(0);
  });
});

describe.skipIf(assets === undefined)('importBase of real files (needs GRAFT_ASSETS)', () => {
  it('knows Teachable Machine’s base again, and the labels', async () => {
    const files = filesIn(join(assets ?? '', 'teachable-machine/export_a'));
    const { base, classNames } = await importBase(services, { files });
    expect(base).toMatchObject({ id: 'mobilenet-v2-0.35-224', isVerified: true });
    expect(classNames?.length).toBeGreaterThan(1);
    expect((await getStoredBase(services.database, base.id))?.files).toHaveLength(files.length);
    expect((await importBase(services, { files })).wasKnown).toBe(true);
  });

  it('takes a graph model of TF Hub', async () => {
    const files = filesIn(join(assets ?? '', 'weights/mobilenet_v2_0.5_224_graph'));
    const { base } = await importBase(services, { files });
    expect(base).toMatchObject({ isOpaque: false, format: 'tfjs-graph', inputHeight: 96 });
  });

  it.each([
    ['mobilenet_v2_1.0_224', 'MobileNetV2 1', 'keras-h5'],
    ['mobilenet_v1_1.0_224_notop', 'MobileNet 1', 'keras'],
  ])('takes %s', async (folder, architecture, format) => {
    const files = filesIn(join(assets ?? '', 'weights', folder));
    const { base } = await importBase(services, { files });
    expect(base).toMatchObject({ architecture, format, inputHeight: 224 });
  });

  it('names the file of the export that is broken', async () => {
    const files = filesIn(join(assets ?? '', 'teachable-machine/broken_export'));
    await expect(importBase(services, { files })).rejects.toMatchObject({ code: 'base-invalid' });
    expect(await services.database.count('bases')).toBe(0);
  });
});
