import { beforeAll, describe, expect, it, vi } from 'vitest';
import { useTestBackend } from '../../engine/backendFixture.ts';
import { relativeDistance } from '../../engine/goldenFixture.ts';
import { figureInput, loadFigure, readFigures } from '../../engine/kerasFiguresFixture.ts';
import { createPlan } from '../../engine/plan.ts';
import { bytesInMemory } from '../../network/byteSource.ts';
import { graphHash } from '../../network/graphHash.ts';
import { lazyTensor } from '../../network/lazyTensor.ts';
import type { Layer, Network } from '../../network/network.ts';
import { openNetwork } from '../../network/openNetwork.ts';
import type { ExportedFile } from '../exportedFile.ts';
import { everyKindNetwork } from '../exportFixture.ts';
import { kerasFile } from './kerasFile.ts';
import { kerasH5File } from './kerasH5.ts';

const WRITERS = [
  ['.keras', kerasFile],
  ['.h5', kerasH5File],
] as const;

const FIGURES = [...readFigures('keras2'), ...readFigures('keras3')];

async function readBack({ path, bytes }: ExportedFile): Promise<Network> {
  const opened = await openNetwork([bytesInMemory(path, bytes)]);
  if ('network' in opened) return opened.network;
  throw new Error(`${path} was not read as layers`);
}

function oneLayer(layer: Partial<Layer>): Network {
  const input = {
    kind: 'input',
    shape: [6, 5, 3],
    name: 'input',
    inputs: [],
    tensors: {},
  } as const;
  return { layers: [input, { name: 'it', inputs: [0], tensors: {}, ...layer } as Layer] };
}

beforeAll(() => useTestBackend('cpu'));

describe.each(WRITERS)('%s', (_, write) => {
  it('keeps the network: read back it has the same hash', async () => {
    const network = everyKindNetwork();
    expect(await graphHash(await readBack(await write(network)))).toBe(await graphHash(network));
  });

  it('is the same file at another time', async () => {
    const network = everyKindNetwork();
    const { bytes } = await write(network);
    vi.setSystemTime(new Date(2031, 4, 5));
    const again = await write(network);
    vi.useRealTimers();
    expect(Buffer.from(again.bytes).equals(bytes)).toBe(true);
  });

  it.each(FIGURES)('answers like Keras when it is read back: $name', async (figure) => {
    const network = await readBack(await write(loadFigure(figure)));
    const plan = createPlan(network, figure.inputShape);
    const output = await plan.run(figureInput(figure), 2);
    plan.dispose();
    expect(output).toHaveLength(figure.output.length);
    expect(relativeDistance(output, figure.output)).toBeLessThan(2e-5);
  });

  it('takes large tensors piece by piece', async () => {
    const values = Float32Array.from({ length: 1200 * 1000 }, (_, i) => Math.sin(i));
    const kernel = lazyTensor([1200, 1000], () => values.slice());
    const network: Network = {
      layers: [
        { kind: 'input', shape: [1200], name: 'input', inputs: [], tensors: {} },
        { kind: 'dense', activation: 'linear', name: 'dense', inputs: [0], tensors: { kernel } },
      ],
    };
    const read = await readBack(await write(network));
    const bytesOf = ({ buffer }: Float32Array) => Buffer.from(buffer);
    const readValues = read.layers[1]?.tensors.kernel?.values ?? new Float32Array();
    expect(bytesOf(readValues).equals(bytesOf(values))).toBe(true);
  });

  it('holds more layers than names fit into one attribute', async () => {
    const input = oneLayer({}).layers[0];
    const chain = Array.from({ length: 4090 }, (_, i): Layer => {
      return { kind: 'activation', activation: 'relu', name: `r${i}`, inputs: [i], tensors: {} };
    });
    const network = { layers: input === undefined ? [] : [input, ...chain] };
    expect((await readBack(await write(network))).layers).toHaveLength(4091);
  });

  it.each([
    { kind: 'leaky-relu', alpha: -0.5 },
    {
      kind: 'conv2d',
      strides: [2, 2],
      dilations: [2, 2],
      padding: 'valid',
      activation: 'linear',
      tensors: { kernel: lazyTensor([1, 1, 3, 2], () => new Float32Array(6)) },
    },
  ] as const)('is refused where Keras has no words: $kind', async (layer) => {
    await expect(write(oneLayer(layer))).rejects.toMatchObject({
      code: 'unsupported-layer',
      details: { layer: 'it', className: layer.kind },
    });
  });
});
