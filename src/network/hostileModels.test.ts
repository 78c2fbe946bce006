import { describe, expect, it } from 'vitest';
import { toGraftError } from '../domain/errors.ts';
import { bytesInMemory, type ByteSource } from './byteSource.ts';
import { graphInput, graphModelFixture, graphNode, sizes } from './graphModel/graphFixture.ts';
import { fixtureFiles, fixtureInput, fixtureLayer } from './kerasModelFixture.ts';
import { openNetwork } from './openNetwork.ts';
import { textSource } from './teachableMachineFixture.ts';
import { zipFixture } from './zipFixture.ts';

/** Files that once ended in something else than a sentence, or would not have ended. */

async function refusalOf(...files: readonly ByteSource[]) {
  const thrown: unknown = await openNetwork(files).then(
    () => new Error('Nothing was refused'),
    (reason: unknown) => reason,
  );
  const { code, message, details } = toGraftError(thrown);
  return { code, message, details };
}

function modelOf(topology: unknown): ByteSource[] {
  const { modelJson, weights } = fixtureFiles(topology, []);
  return [
    textSource('model.json', modelJson),
    bytesInMemory('weights.bin', new Uint8Array(weights)),
  ];
}

function graphOf(...parameters: Parameters<typeof graphModelFixture>): ByteSource[] {
  const { modelJson, weights } = graphModelFixture(...parameters);
  return [textSource('model.json', modelJson), weights];
}

describe('a topology', () => {
  it('that nests lists without end is refused before the stack ends', async () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    const text = `{"modelTopology":${deep},"weightsManifest":[]}`;
    expect(await refusalOf(textSource('model.json', text))).toMatchObject({
      code: 'base-invalid',
      details: { file: 'model.json' },
    });
  });

  it('may have brackets in its texts', async () => {
    const name = `"${'['.repeat(1000)}\\`;
    const [model] = modelOf({ class_name: name, config: {} });
    const { message } = await refusalOf(model ?? textSource('', ''), textSource('weights.bin', ''));
    expect(message).toContain('is not a layers model');
  });

  it('whose parts call parts ten times each, sixteen deep, is refused and not followed', async () => {
    expect(await refusalOf(...modelOf(callingWithoutEnd(15)))).toMatchObject({
      code: 'base-invalid',
      message: 'Models are called too often',
    });
  });

  it('with a layer of very many inputs is refused', async () => {
    const inputs = Array.from({ length: 5000 }, () => 'in');
    const layers = [fixtureInput('in', 8, 8, 3), fixtureLayer('Add', 'sum', {}, ...inputs)];
    const config = {
      name: 'model',
      layers,
      input_layers: [['in', 0, 0]],
      output_layers: [['sum', 0, 0]],
    };
    expect(await refusalOf(...modelOf({ class_name: 'Model', config }))).toMatchObject({
      code: 'base-invalid',
      details: { layer: 'sum' },
    });
  });
});

/** A model that passes its input on, in one that calls it ten times, in one that calls that ten times, … */
function callingWithoutEnd(depth: number): { class_name: string; config: unknown } {
  const input = fixtureInput('in', 8, 8, 3);
  const ends = (output: string, call: number) => ({
    name: 'model',
    input_layers: [['in', 0, 0]],
    output_layers: [[output, call, 0]],
  });
  if (depth === 0) return { class_name: 'Model', config: { layers: [input], ...ends('in', 0) } };
  const calls = Array.from({ length: 10 }, (_, i) => [i === 0 ? ['in', 0, 0] : ['part', i - 1, 0]]);
  const part = { ...callingWithoutEnd(depth - 1), name: 'part', inbound_nodes: calls };
  return { class_name: 'Model', config: { layers: [input, part], ...ends('part', 9) } };
}

describe('a graph model', () => {
  it('that goes round is refused and not run', async () => {
    const nodes = [graphInput('in', 8, 8, 3), graphNode('While', 'loop', ['in'])];
    expect(await refusalOf(...graphOf(nodes, []))).toMatchObject({
      code: 'unsupported-layer',
      details: { layer: 'loop', className: 'While' },
    });
  });

  it('that pads by less than nothing is refused', async () => {
    const pads = sizes('pads', [0, 0, -1, -1, 0, 0, 0, 0], [4, 2]);
    const nodes = [graphInput('in', 8, 8, 3), graphNode('Pad', 'pad', ['in', 'pads'])];
    expect(await refusalOf(...graphOf(nodes, [pads]))).toMatchObject({
      code: 'base-invalid',
      details: { layer: 'pad' },
    });
  });

  it('with a text of very many letters is read', async () => {
    const padding = { s: Array.from({ length: 200_000 }, () => 65) };
    const nodes = [
      graphInput('in', 8, 8, 3),
      graphNode('MaxPool', 'pool', ['in'], { padding, data_format: { s: [78, 72, 87, 67] } }),
    ];
    const opened = await openNetwork(graphOf(nodes, []));
    expect(opened).toMatchObject({ kind: 'opaque-graph', reason: { node: 'pool' } });
  });
});

it('a zip of many files that are harmless one by one is refused before any is unpacked', async () => {
  const zeros = new Uint8Array(4e6);
  const files = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`${i}.bin`, zeros]));
  const zip = await zipFixture(files);
  expect(zip.size).toBeLessThan(100e3);
  expect(await refusalOf(zip)).toMatchObject({
    code: 'base-invalid',
    message: 'The zip model.zip would unpack to 40 MB',
  });
});
