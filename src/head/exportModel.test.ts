import { describe, expect, it } from 'vitest';
import { STARTER_BASE } from '../catalogue/bases.ts';
import type { Head } from '../domain/head.ts';
import type { HeadId } from '../domain/ids.ts';
import { useTestBackend } from '../engine/backendFixture.ts';
import { inMemory } from '../exporters/blobFile.ts';
import {
  everyKindNetwork,
  fileText,
  formulaHead,
  formulaPixels,
  SMALL_SPEC,
} from '../exporters/exportFixture.ts';
import { graphInput, graphModelFixture, graphNode } from '../network/graphModel/graphFixture.ts';
import { loadGraphModel } from '../network/loadGraphModel.ts';
import { exampleRun } from '../state/stateFixture.tsx';
import {
  describeModel,
  exportModel as exportInContext,
  type ExportSources,
} from './exportModel.ts';

const network = everyKindNetwork();

const head = {
  id: 'head' as HeadId,
  classifier: {
    cut: { positions: [network.layers.length - 1], pooling: 'global-average' },
    preprocessing: SMALL_SPEC,
    labels: [{ name: 'cat' }, { name: 'dog' }],
  },
  weights: formulaHead(5, 2),
} as unknown as Head;

const request = { headId: head.id, modelName: 'Pets' };

const demo = [{ path: 'index.html', bytes: new Uint8Array([60]) }];

const sources: ExportSources = {
  readHead: (id) => (id === head.id ? Promise.resolve(head) : Promise.reject(new Error(id))),
  readBase: () => Promise.resolve({ base: STARTER_BASE, network }),
  readRun: () => Promise.resolve(exampleRun('run-1')),
  readDemo: () => Promise.resolve(demo),
  now: () => new Date(0),
};

const context = { signal: new AbortController().signal, report: () => undefined };

type Request = Parameters<typeof exportInContext>[0];
const exportModel = async (params: Request, from: ExportSources) => {
  const { files } = await exportInContext(params, from, context);
  return { files: await inMemory(files) };
};

/** A folder once, whatever is in it. */
function pathsOf(files: readonly { readonly path: string }[]): string[] {
  return [...new Set(files.map(({ path }) => path.replace(/\/.*/, '/')))];
}

describe('exportModel', () => {
  it('gives the model, what describes it, and the page that runs it', async () => {
    const { files } = await exportModel({ ...request, format: 'tfjs-layers' }, sources);
    expect(pathsOf(files)).toEqual([
      'model.json',
      'weights.bin',
      'metadata.json',
      'labels.txt',
      'preprocessing.json',
      'index.html',
      'examples/',
      'MODEL_CARD.md',
      'model_card.json',
    ]);
    const metadata = files.find(({ path }) => path === 'metadata.json');
    expect(JSON.parse(new TextDecoder().decode(metadata?.bytes))).toMatchObject({
      modelName: 'Pets',
      labels: ['cat', 'dog'],
      timeStamp: '1970-01-01T00:00:00.000Z',
    });
  });

  it('gives a graph model of a base that runs as it is, and nothing that could not read it', async () => {
    const nodes = [graphInput('in', 12, 12, 3), graphNode('Sin', 'sine', ['in'])];
    const graph = loadGraphModel(graphModelFixture(nodes, []));
    if ('network' in graph) throw new Error('The graph was mapped');
    const { classifier } = head;
    const ofGraph = {
      ...head,
      classifier: { ...classifier, cut: { positions: [0], pooling: 'global-average' } },
      weights: formulaHead(3, 2),
    } as Head;
    const { files } = await exportModel(
      { ...request, format: 'tfjs-graph' },
      {
        ...sources,
        readHead: () => Promise.resolve(ofGraph),
        readBase: () => Promise.resolve({ base: STARTER_BASE, network: graph }),
      },
    );
    expect(pathsOf(files)).toEqual([
      'model.json',
      'weights.bin',
      'labels.txt',
      'preprocessing.json',
      'examples/',
      'MODEL_CARD.md',
      'model_card.json',
    ]);
    expect(JSON.parse(fileText(files, 'model.json'))).toMatchObject({ format: 'graph-model' });
    expect(JSON.parse(fileText(files, 'preprocessing.json'))).toMatchObject({
      spec: { ...SMALL_SPEC, scale: [1], offset: [0] },
    });
    const refused = exportModel(
      { ...request, format: 'onnx' },
      { ...sources, readBase: () => Promise.resolve({ base: STARTER_BASE, network: graph }) },
    );
    await expect(refused).rejects.toMatchObject({ code: 'internal' });
  });

  it('gives a graph model of layers too', async () => {
    const { files } = await exportModel({ ...request, format: 'tfjs-graph' }, sources);
    expect(pathsOf(files)).toEqual([
      'model.json',
      'weights.bin',
      'labels.txt',
      'preprocessing.json',
      'examples/',
      'MODEL_CARD.md',
      'model_card.json',
    ]);
    expect(JSON.parse(fileText(files, 'model.json'))).toMatchObject({ format: 'graph-model' });
  });

  it('gives an ONNX file that takes pixels as they are, with its labels and nothing of a page', async () => {
    const { files } = await exportModel({ ...request, format: 'onnx' }, sources);
    expect(pathsOf(files)).toEqual([
      'model.onnx',
      'labels.txt',
      'preprocessing.json',
      'predict.py',
      'photo_input.py',
      'examples/',
      'MODEL_CARD.md',
      'model_card.json',
    ]);
    const { spec } = JSON.parse(fileText(files, 'preprocessing.json')) as { spec: unknown };
    expect(spec).toMatchObject({ channelOrder: 'rgb', scale: [1], offset: [0] });
  });

  it('gives a model of 8 bits, its ranges measured on the photos that came along', async () => {
    await useTestBackend('cpu');
    const pixels = new Uint8ClampedArray([...formulaPixels(12, 12), ...formulaPixels(12, 12)]);
    const calibration = { shape: [2, 12, 12, 3], pixels: new Blob([pixels]) } as const;
    const reported: number[] = [];
    const { files } = await exportInContext(
      { ...request, format: 'tflite-int8', calibration },
      sources,
      { ...context, report: ({ done }) => reported.push(done) },
    );
    expect(files.map(({ path }) => path)).toContain('model.tflite');
    expect(reported).toEqual([0, 1]);
    const without = exportModel({ ...request, format: 'tflite-int8' }, sources);
    await expect(without).rejects.toMatchObject({ code: 'internal' });
    const cancelled = exportInContext({ ...request, format: 'tflite-int8', calibration }, sources, {
      ...context,
      signal: AbortSignal.abort(),
    });
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('counts the weights of base and head', async () => {
    const { numWeights } = await describeModel({ headId: head.id }, sources);
    const { files } = await exportModel({ ...request, format: 'onnx' }, sources);
    expect(files[0]?.bytes.length).toBeGreaterThan(numWeights * 3);
  });
});
