import { describe, expect, it } from 'vitest';
import type { Head } from '../domain/head.ts';
import type { HeadId } from '../domain/ids.ts';
import { everyKindNetwork, formulaHead, SMALL_SPEC } from '../exporters/exportFixture.ts';
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
});
