import { describe, expect, it } from 'vitest';
import type { Head } from '../domain/head.ts';
import type { HeadId } from '../domain/ids.ts';
import { everyKindNetwork, fileText, formulaHead, SMALL_SPEC } from '../exporters/exportFixture.ts';
import { graphInput, graphModelFixture, graphNode } from '../network/graphModel/graphFixture.ts';
import { loadGraphModel } from '../network/loadGraphModel.ts';
import { exportTfjs, type ExportSources } from './exportTfjs.ts';

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

const demo = [{ path: 'index.html', bytes: new Uint8Array([60]) }];

const sources: ExportSources = {
  readHead: (id) => (id === head.id ? Promise.resolve(head) : Promise.reject(new Error(id))),
  readBase: () => Promise.resolve(network),
  readDemo: () => Promise.resolve(demo),
  now: () => new Date(0),
};

describe('exportTfjs', () => {
  it('gives the model, what describes it, and the page that runs it', async () => {
    const { files } = await exportTfjs({ headId: head.id, modelName: 'Pets' }, sources);
    expect(files.map(({ path }) => path)).toEqual([
      'model.json',
      'weights.bin',
      'metadata.json',
      'labels.txt',
      'preprocessing.json',
      'index.html',
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
    const { files } = await exportTfjs(
      { headId: head.id, modelName: 'Pets' },
      {
        ...sources,
        readHead: () => Promise.resolve(ofGraph),
        readBase: () => Promise.resolve(graph),
      },
    );
    expect(files.map(({ path }) => path)).toEqual([
      'model.json',
      'weights.bin',
      'labels.txt',
      'preprocessing.json',
    ]);
    expect(JSON.parse(fileText(files, 'model.json'))).toMatchObject({ format: 'graph-model' });
    expect(JSON.parse(fileText(files, 'preprocessing.json'))).toMatchObject({ spec: SMALL_SPEC });
  });
});
