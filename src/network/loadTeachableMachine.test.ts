import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GraftError } from '../domain/errors.ts';
import { bytesInMemory, type ByteSource } from './byteSource.ts';
import { graphHash } from './graphHash.ts';
import { inferShapes } from './inferShapes.ts';
import { fixtureFiles } from './kerasModelFixture.ts';
import { loadTfjsLayers } from './loadTfjsLayers.ts';
import type { OpenedNetwork } from './openedNetwork.ts';
import { openNetwork } from './openNetwork.ts';
import { exportedBase, teachableMachineExport } from './teachableMachineFixture.ts';
import { zipFixture } from './zipFixture.ts';

const assets = process.env['GRAFT_ASSETS'];

async function open(files: readonly ByteSource[]): Promise<OpenedNetwork> {
  const opened = await openNetwork(files);
  if ('network' in opened) return opened;
  throw new Error('Opened as a graph');
}

async function errorOf(files: readonly ByteSource[]): Promise<GraftError> {
  const thrown: unknown = await openNetwork(files).catch((error: unknown) => error);
  if (thrown instanceof GraftError) return thrown;
  throw new Error('No error of ours');
}

describe('Teachable Machine exports', () => {
  it.each(['GlobalAveragePooling2D', 'Flatten'] as const)(
    'give the base before the %s, with the labels',
    async (pooling) => {
      const opened = await open(teachableMachineExport({ pooling }));
      expect(opened).toMatchObject({
        format: 'teachable-machine',
        classNames: ['Mug', 'Bowl'],
        pixelRange: { channelOrder: 'rgb', scale: [1 / 127], offset: [-1] },
      });
      const { topology, tensors } = exportedBase();
      const base = loadTfjsLayers(fixtureFiles(topology, tensors));
      expect(opened.network.layers.at(-1)?.name).toBe('out_relu');
      expect(await graphHash(opened.network)).toBe(await graphHash(base));
    },
  );

  it.each([{}, { grayscale: true }])('may be for grey pictures', async (metadata) => {
    const { network, pixelRange } = await open(teachableMachineExport({ channels: 1, metadata }));
    expect(pixelRange?.channelOrder).toBe('grey');
    expect(network.layers[0]).toMatchObject({ shape: [8, 8, 1] });
  });

  it.each([0, 6])('may be zipped (level %d)', async (level) => {
    const entries = teachableMachineExport().map(({ name, size, read }) => [name, read(0, size)]);
    const clutter = { '__MACOSX/._model.json': 'x', '.DS_Store': 'x' };
    const files = { ...clutter, ...(Object.fromEntries(entries) as Record<string, Uint8Array>) };
    const opened = await open([await zipFixture(files, level)]);
    expect(opened.classNames).toEqual(['Mug', 'Bowl']);
  });

  it.each([
    ['labels for another number of classes', { labels: ['Mug'] }, '1 labels, but the model has 2'],
    ['labels that are no texts', { labels: ['Mug', { toString: 'x' }] }, 'should be a text'],
    ['a label without end', { labels: ['Mug', 'x'.repeat(1000)] }, 'far too long'],
    ['grey pictures for a base in colour', { grayscale: true }, 'disagree'],
  ])('are refused with %s', async (_, metadata, message) => {
    const error = await errorOf(teachableMachineExport({ metadata }));
    expect(error.code).toBe('base-invalid');
    expect(error.message).toContain(message);
  });

  it('are refused when weights are missing, with both sizes, before they are read', async () => {
    const [metadata, model, weights] = teachableMachineExport();
    if (!metadata || !model || !weights) throw new Error('Files are missing');
    const read = () => {
      throw new Error('Weights were read');
    };
    const start = (from: number, to: number) => (to <= 64 ? weights.read(from, to) : read());
    const error = await errorOf([
      metadata,
      model,
      { ...weights, size: weights.size - 8, read: start },
    ]);
    const bytesExpected = weights.size;
    expect(error.details).toMatchObject({ bytesExpected, bytesFound: bytesExpected - 8 });
  });
});

describe.skipIf(assets === undefined)('real exports (needs GRAFT_ASSETS)', () => {
  const folder = join(assets ?? '', 'teachable-machine');
  const sourceOf = (path: string, name: string) =>
    bytesInMemory(name, new Uint8Array(readFileSync(join(path, name))));
  const filesOf = (name: string) =>
    name.endsWith('.zip')
      ? [sourceOf(folder, name)]
      : readdirSync(join(folder, name)).map((file) => sourceOf(join(folder, name), file));

  it.each([
    ['export_a', 2],
    ['export_b/model', 2],
    ['export_c.zip', 9],
    ['image-model.zip', 2],
  ])('%s has the base of the catalogue in it', async (name, numClasses) => {
    const { network, classNames } = await open(filesOf(name));
    expect(classNames).toHaveLength(numClasses);
    expect(inferShapes(network).at(-1)).toEqual([7, 7, 1280]);
    expect(await graphHash(network)).toBe(
      '61688af4cb24408eed08a2236b595d8630375c6aecf1556692ad07ce47816eb1',
    );
  });

  it('embedded_gray_export takes one channel', async () => {
    const { network, pixelRange } = await open(filesOf('embedded_gray_export'));
    expect(pixelRange).toEqual({ channelOrder: 'grey', scale: [1 / 127], offset: [-1] });
    expect(inferShapes(network)[0]).toEqual([96, 96, 1]);
    expect(inferShapes(network).at(-1)).toEqual([3, 3, 256]);
  });

  it('broken_export is refused with both sizes', async () => {
    const { code, message } = await errorOf(filesOf('broken_export'));
    expect(code).toBe('base-invalid');
    expect(message).toBe('model.json describes 2154832 bytes of weights, but there are 2154032');
  });
});
