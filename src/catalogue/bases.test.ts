import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BaseId } from '../domain/ids.ts';
import { graphHash } from '../network/graphHash.ts';
import { inferShapes } from '../network/inferShapes.ts';
import { ownBuffer } from '../network/kerasModelFixture.ts';
import { loadTfjsLayers } from '../network/loadTfjsLayers.ts';
import { BASES, findBase } from './bases.ts';

const assets = process.env['GRAFT_ASSETS'];

/** Compares what the catalogue says about a base with the base's files. */
async function expectEntryToMatchFiles(id: string, folder: string) {
  const base = findBase(id as BaseId);
  if (base === undefined) throw new Error(`No base ${id}`);
  const files = ['model.json', 'weights.bin'].map((name) => join(folder, name));
  const modelJson = readFileSync(files[0] ?? '', 'utf8');
  const network = loadTfjsLayers({ modelJson, weights: ownBuffer(readFileSync(files[1] ?? '')) });
  const shapes = inferShapes(network, [base.inputHeight, base.inputWidth, 3]);

  expect(await graphHash(network)).toBe(base.graphHash);
  expect(files.reduce((sum, file) => sum + statSync(file).size, 0)).toBe(base.sizeBytes);
  expect(network.layers[154]?.name).toBe('out_relu');
  expect(base.defaultCut).toEqual({ positions: [154], pooling: 'global-average' });
  expect(shapes[154]).toHaveLength(3);
  expect(shapes[154]?.[2]).toBe(1280);
}

describe('the catalogue', () => {
  it('describes the starter base as its files are', async () => {
    await expectEntryToMatchFiles('starter', 'public/bases/starter');
  });

  it.skipIf(assets === undefined)(
    'describes MobileNetV2 as its files are (needs GRAFT_ASSETS)',
    async () => {
      const folder = join(assets ?? '', 'weights/mobilenet_v2_0.35_224');
      await expectEntryToMatchFiles('mobilenet-v2-0.35-224', folder);
    },
  );

  it('has no id twice', () => {
    expect(new Set(BASES.map(({ id }) => id)).size).toBe(BASES.length);
    expect(findBase('unknown' as BaseId)).toBeUndefined();
  });
});
