import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownBuffer } from '../network/kerasModelFixture.ts';
import { loadTfjsLayers } from '../network/loadTfjsLayers.ts';
import { useTestBackend } from './backendFixture.ts';
import { relativeDistance } from './goldenFixture.ts';
import { createPlan } from './plan.ts';

const python = process.env['PYTHON'] ?? 'python3';
const FIND_KERAS =
  "from importlib.util import find_spec; assert all(map(find_spec, ['keras', 'tensorflow']))";
const hasKeras = spawnSync(python, ['-c', FIND_KERAS]).status === 0;

describe.skipIf(!hasKeras)('whole backbones (needs Python with keras and tensorflow)', () => {
  let folder = '';
  const read = (file: string) => ownBuffer(readFileSync(join(folder, file)));

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'backbones-'));
    await useTestBackend('wasm');
    const { status, stderr } = spawnSync(
      python,
      ['tools/layer-figures/make_backbones.py', folder],
      { encoding: 'utf8', env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' } },
    );
    expect(status, stderr).toBe(0);
  }, 600_000);

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it.each([
    'MobileNet',
    'MobileNetV2',
    'MobileNetV3Large',
    'VGG16',
    'ResNet50',
    'ResNet50V2',
    'DenseNet121',
    'Xception',
    'EfficientNetB0',
    'EfficientNetV2B0',
    'SqueezeNet',
    'Darknet19',
    'TinyYolo',
  ])('%s answers as Keras did', async (name) => {
    const modelJson = readFileSync(join(folder, `${name}.json`), 'utf8');
    const network = loadTfjsLayers({ modelJson, weights: read(`${name}.weights`) });
    const input = new Float32Array(read(`${name}.input`));
    const expected = new Float32Array(read(`${name}.output`));
    const side = Math.sqrt(input.length / 6);
    const plan = createPlan(network, [side, side, 3]);
    const output = await plan.run(input, 2);
    plan.dispose();
    expect(output).toHaveLength(expected.length);
    expect(relativeDistance(output, expected)).toBeLessThan(1e-4);
  });
});
