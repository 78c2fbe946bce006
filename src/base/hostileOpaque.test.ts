import 'fake-indexeddb/auto';
import '../engine/fileReaderSyncFixture.ts';
import { afterEach, expect, it, vi } from 'vitest';
import messages from '../app/i18n/en/messages.json';
import { GraftError } from '../domain/errors.ts';
import { flips, hostileJson, hugeCounts } from '../domain/hostileFixture.ts';
import { largestBufferOf } from '../domain/largestBufferFixture.ts';
import { PIXEL_RANGES } from '../domain/pixelRanges.ts';
import { createRandom } from '../domain/random.ts';
import { useTestBackend } from '../engine/backendFixture.ts';
import { formulaDeepHead, SMALL_SPEC } from '../exporters/exportFixture.ts';
import { opaqueGraphFiles } from '../exporters/tfjsGraph/opaqueGraphFiles.ts';
import {
  graphInput,
  graphModelFixture,
  graphNode,
  weights,
  windowAttributes,
} from '../network/graphModel/graphFixture.ts';
import { opaqueGraphOf } from '../network/graphModel/opaqueFixture.ts';
import { importBase } from './importBase.ts';
import { openModel } from './openModel.ts';
import { openLoneBaseServices } from './servicesFixture.ts';
import { removeBase } from './storedBases.ts';

const SIDE = 8;
const MAX_BUFFER = 2 ** 25;

const graph = opaqueGraphOf(
  graphModelFixture(
    [
      graphInput('in', SIDE, SIDE, 3),
      graphNode('Conv2D', 'conv', ['in', 'w'], windowAttributes(2, 'SAME')),
      graphNode('Sin', 'sine', ['conv']),
    ],
    [weights('w', [3, 3, 3, 4])],
  ),
);
const BESIDE = [
  new File(['Mug\nBowl\nCup\n'], 'labels.txt'),
  new File([JSON.stringify({ spec: PIXEL_RANGES.bytes })], 'preprocessing.json'),
];

afterEach(() => vi.unstubAllGlobals());

function exported(): readonly [model: Uint8Array<ArrayBuffer>, weights: File] {
  const [model, bin] = opaqueGraphFiles({
    graph,
    cutNode: 'sine',
    pooling: 'average-and-spread',
    head: formulaDeepHead(8, 3),
    preprocessing: { ...SMALL_SPEC, inputHeight: SIDE, inputWidth: SIDE },
  });
  return [model?.bytes ?? new Uint8Array(), new File([bin?.bytes ?? ''], 'weights.bin')];
}

function hostileModels(model: Uint8Array<ArrayBuffer>) {
  const random = createRandom(23);
  return [
    ...flips(model, 60, random),
    ...hugeCounts(model, 60, random),
    ...hostileJson(new TextDecoder().decode(model), 100, random),
  ];
}

it('a hostile export beside its base is opened or ends in a sentence, and takes no memory', async () => {
  // TF.js remarks on every graph that it runs.
  vi.spyOn(console, 'warn').mockReturnValue();
  await useTestBackend('cpu');
  const services = await openLoneBaseServices();
  const own = [
    new File([graph.modelJson], 'model.json'),
    new File([graph.weights.read(0, graph.weights.size)], 'weights.bin'),
  ];
  const { base } = await importBase(services, { files: own });
  const [model, bin] = exported();
  const complaints: string[] = [];
  let numOpened = 0;
  const open = async (bytes: Uint8Array<ArrayBuffer>) => {
    const files = [new File([bytes], 'model.json'), bin, ...BESIDE];
    const opened = await openModel(services, { files });
    if (opened.base.id !== base.id) await removeBase(services, { baseId: opened.base.id });
    numOpened += 1;
    return opened;
  };
  const largest = await largestBufferOf(async () => {
    for (const { title, bytes } of hostileModels(model)) {
      await open(bytes).catch((thrown: unknown) => {
        const isSaid = thrown instanceof GraftError && messages.failure[thrown.code] !== '';
        if (!isSaid || thrown.code === 'internal') complaints.push(`${title}: ${String(thrown)}`);
      });
    }
  });
  expect(complaints).toEqual([]);
  expect(numOpened).toBeGreaterThan(20);
  expect(largest).toBeLessThan(MAX_BUFFER);
  expect(await services.database.count('bases')).toBe(1);
  expect((await open(model)).base.id).toBe(base.id);
});
