import 'fake-indexeddb/auto';
import '../engine/fileReaderSyncFixture.ts';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  answerOf,
  answerOfOpened,
  classifierOf,
  EXPORT_CASES,
  largestDifference,
} from '../checks/openedExportFixture.ts';
import { STARTER_BASE } from '../catalogue/bases.ts';
import { preprocessingFor } from '../domain/baseModel.ts';
import { useTestBackend } from '../engine/backendFixture.ts';
import type { ClassifierExport } from '../exporters/classifierExport.ts';
import type { ExportedFile } from '../exporters/exportedFile.ts';
import { everyKindNetwork, formulaHead } from '../exporters/exportFixture.ts';
import { onnxFiles } from '../exporters/onnx/onnxFiles.ts';
import { tfjsGraphFiles } from '../exporters/tfjsGraph/tfjsGraphFiles.ts';
import { tfjsLayersFiles } from '../exporters/tfjsLayers.ts';
import { tfliteFiles } from '../exporters/tflite/tfliteFiles.ts';
import { classifierNetwork } from '../network/compose.ts';
import { importBase } from './importBase.ts';
import { openModel } from './openModel.ts';
import type { Services } from './services.ts';
import { openLoneBaseServices } from './servicesFixture.ts';

let services: Services;

beforeAll(() => useTestBackend('cpu'));

beforeEach(async () => {
  services = await openLoneBaseServices();
  return () => vi.unstubAllGlobals();
});

function filesOf(exported: readonly ExportedFile[]): File[] {
  return exported.map(({ path, bytes }) => new File([bytes], path));
}

const onnx = (classifier: ClassifierExport) => onnxFiles(classifier, 'float32');
const tflite = (classifier: ClassifierExport) => tfliteFiles(classifier, { kind: 'float32' });

/** The grey one has another base. */
const COLOURED = EXPORT_CASES.filter(({ range }) => range.channelOrder !== 'grey');

describe.each([
  ['ONNX', onnx],
  ['a TF.js graph', tfjsGraphFiles],
] as const)('an export as %s', (_, write) => {
  it.each(COLOURED)('finds its base, whose batch norms it does not have: %o', async (each) => {
    const files = filesOf(tfjsLayersFiles(everyKindNetwork()));
    const { base } = await importBase(services, { files });
    const classifier = classifierOf(each);
    const opened = await openModel(services, { files: filesOf(write(classifier)) });
    expect(opened).toMatchObject({ base: { id: base.id }, cut: { pooling: 'global-average' } });
    expect(opened.preprocessing.channelOrder).toBe(each.range.channelOrder);
    expect(await services.database.count('bases')).toBe(1);
    const expected = await answerOf(classifier.network, each.range);
    expect(largestDifference(await answerOfOpened(services, opened), expected)).toBeLessThan(1e-5);
  });
});

/** Of the app. */
function ownFile(pathname: string): Response {
  const file = join('public', pathname);
  return existsSync(file) ? new Response(readFileSync(file)) : new Response('', { status: 404 });
}

it.each([
  ['ONNX', onnx],
  ['a TF.js graph', tfjsGraphFiles],
  ['TensorFlow Lite', tflite],
] as const)('an export of the starter base as %s finds it', async (_, write) => {
  vi.stubGlobal('fetch', ({ pathname }: URL) => Promise.resolve(ownFile(pathname)));
  const base = STARTER_BASE;
  const { network } = await services.loadBase(base.id);
  if (!('layers' in network)) throw new Error('Not layers');
  const head = formulaHead(1280, 3);
  const exported = await write({
    network: classifierNetwork({ network, cut: base.defaultCut, head }),
    labels: ['Mug', 'Bowl', '3 spoons'],
    preprocessing: preprocessingFor(base, 'padded'),
    modelName: 'Cups',
    createdAt: new Date(0),
  });
  const opened = await openModel(services, { files: filesOf(exported) });
  expect(opened).toMatchObject({ base: { id: base.id }, cut: base.defaultCut, head });
  expect(opened.preprocessing).toEqual(preprocessingFor(base, 'padded'));
});

it('a base with one other weight is another', async () => {
  const { layers } = everyKindNetwork();
  const changed = layers.map((layer) => {
    const { bias } = layer.tensors;
    if (bias === undefined) return layer;
    const values = Float32Array.from(bias.values, (value, i) => (i === 0 ? value + 1e-3 : value));
    return { ...layer, tensors: { ...layer.tensors, bias: { ...bias, values } } };
  });
  const { base } = await importBase(services, {
    files: filesOf(tfjsLayersFiles({ layers: changed })),
  });
  const files = filesOf(onnxFiles(classifierOf(EXPORT_CASES[0]), 'float32'));
  const opened = await openModel(services, { files });
  expect(opened.base.id).not.toBe(base.id);
  expect(await services.database.count('bases')).toBe(2);
});
