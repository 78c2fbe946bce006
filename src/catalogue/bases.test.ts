import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mobileNetV1 } from '../network/architectures/mobileNetV1.ts';
import { mobileNetV2 } from '../network/architectures/mobileNetV2.ts';
import { vgg } from '../network/architectures/vgg.ts';
import { graphHash } from '../network/graphHash.ts';
import { inferShapes } from '../network/inferShapes.ts';
import type { FlatLayer } from '../network/kerasGraph.ts';
import { ownBuffer } from '../network/kerasModelFixture.ts';
import { loadTfjsLayers } from '../network/loadTfjsLayers.ts';
import { CATALOGUE, findBaseByHash, STARTER_BASE } from './bases.ts';
import { KERAS_BASES } from './kerasBases.ts';
import { CATALOGUE_ORIGINS } from './origins.ts';

const assets = process.env['GRAFT_ASSETS'];

const PUBLISHED = [
  ...[0.5, 0.75, 1].flatMap((alpha) => [
    mobileNetV1({ alpha, numClasses: null }),
    mobileNetV2({ origin: 'keras', alpha, numClasses: null }),
  ]),
  ...([16, 19] as const).flatMap((depth) =>
    [null, 1000].map((numClasses) =>
      vgg({ origin: 'keras', depth, numClasses, hasBatchNorm: false }),
    ),
  ),
];

function countParameters(layers: readonly FlatLayer[]): number {
  return layers
    .flatMap(({ variables }) => variables)
    .map(({ shape }) => shape.reduce<number>((product, size) => product * (size ?? NaN), 1))
    .reduce((sum, size) => sum + size, 0);
}

/** Compares what the catalogue says about a base with the base's files. */
async function expectEntryToMatchFiles(id: string, folder: string, cutLayer: string) {
  const base = [STARTER_BASE, ...CATALOGUE].find((each) => each.id === id);
  if (base === undefined) throw new Error(`No base ${id}`);
  const files = ['model.json', 'weights.bin'].map((name) => join(folder, name));
  const modelJson = readFileSync(files[0] ?? '', 'utf8');
  const network = loadTfjsLayers({ modelJson, weights: ownBuffer(readFileSync(files[1] ?? '')) });
  const shapes = inferShapes(network, [base.inputHeight, base.inputWidth, 3]);

  expect(await graphHash(network)).toBe(base.graphHash);
  expect(files.reduce((sum, file) => sum + statSync(file).size, 0)).toBe(base.sizeBytes);
  expect(findBaseByHash(await graphHash(network))).toBe(base);
  const [position = 0] = base.defaultCut?.positions ?? [];
  expect(network.layers[position]?.name).toBe(cutLayer);
  expect(base.defaultCut?.pooling).toBe('global-average');
  expect(shapes[position]).toHaveLength(3);
  const parameters = network.layers.flatMap(({ tensors }) => Object.values(tensors));
  expect(parameters.reduce((sum, { values }) => sum + values.length, 0)).toBe(base.numParameters);
}

describe('the catalogue', () => {
  it('describes the starter base as its files are', async () => {
    await expectEntryToMatchFiles('starter', 'public/bases/starter', 'out_relu');
  });

  it.skipIf(assets === undefined).each([
    ['mobilenet-v2-0.35-224', 'mobilenet_v2_0.35_224', 'out_relu'],
    ['mobilenet-v1-0.25-224', 'mobilenet_v1_0.25_224', 'conv_pw_13_relu'],
  ])('describes %s as its files are (needs GRAFT_ASSETS)', async (id, folder, cutLayer) => {
    await expectEntryToMatchFiles(id, join(assets ?? '', 'weights', folder), cutLayer);
  });

  it('has each id and each address once, all where the policy lets the app fetch from', () => {
    const addresses = CATALOGUE.flatMap((base) => base.addresses);
    expect(new Set(CATALOGUE.map(({ id }) => id)).size).toBe(CATALOGUE.length);
    expect(new Set(addresses).size).toBe(CATALOGUE.length);
    for (const address of addresses) expect(CATALOGUE_ORIGINS).toContain(new URL(address).origin);
  });

  it('claims to have seen only what it has a hash of', () => {
    for (const base of CATALOGUE) expect(base.isVerified).toBe(base.graphHash !== null);
  });

  it('counts the parameters of the published graphs', () => {
    for (const { architecture, numParameters, pixelRange, id } of KERAS_BASES) {
      const graph = PUBLISHED.find(
        ({ name, layers }) => name === architecture && countParameters(layers) === numParameters,
      );
      expect(graph?.pixelRange, id).toEqual(pixelRange);
    }
  });
});
