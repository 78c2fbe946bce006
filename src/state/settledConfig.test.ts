import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { LayerSummary } from '../domain/baseSummary.ts';
import { DEFAULT_DEEPER_CONFIG, DEFAULT_EXACT_CONFIG } from '../domain/headConfig.ts';
import { EXAMPLE_PROJECT } from './stateFixture.tsx';
import { settledConfig, withoutStart, withStartOf } from './settledConfig.ts';

const layer = (position: number, kind: string, outputShape: number[]): LayerSummary => ({
  position,
  name: `layer ${String(position)}`,
  kind,
  outputShape,
  numParameters: kind === 'conv2d' ? 100 : 0,
  inputs: position === 0 ? [] : [position - 1],
});
const layers = [
  layer(0, 'input', [64, 64, 3]),
  layer(1, 'conv2d', [32, 32, 8]),
  layer(2, 'conv2d', [16, 16, 8]),
  layer(3, 'conv2d', [16, 16, 16]),
];
const describeBase = () => Promise.resolve({ layers, suggestedCuts: [] });
const project = {
  ...EXAMPLE_PROJECT,
  headConfig: DEFAULT_DEEPER_CONFIG,
  cut: { positions: [3], pooling: 'global-average' },
} as const;

describe('settledConfig', () => {
  beforeEach(() => {
    vi.stubGlobal('navigator', { deviceMemory: 2 });
  });

  it('starts training before the last layers where the project does not say', async () => {
    const config = await settledConfig(project, 100, describeBase);
    const start = { positions: [1], pooling: 'flatten', layer: 'layer 1' };
    expect(config).toEqual({ ...DEFAULT_DEEPER_CONFIG, start });
    expect(withoutStart(config)).toEqual(DEFAULT_DEEPER_CONFIG);
  });

  it('goes on where another began, unless the project says where', () => {
    const start = { positions: [2], pooling: 'flatten', layer: 'layer 2' } as const;
    const before = { ...DEFAULT_DEEPER_CONFIG, start };
    expect(withStartOf(before, DEFAULT_DEEPER_CONFIG)).toEqual(before);
    const asked = { ...before, start: { ...start, positions: [1] } };
    expect(withStartOf(before, asked)).toBe(asked);
    expect(withStartOf(undefined, DEFAULT_DEEPER_CONFIG)).toBe(DEFAULT_DEEPER_CONFIG);
    expect(withStartOf(before, DEFAULT_EXACT_CONFIG)).toBe(DEFAULT_EXACT_CONFIG);
  });

  it('leaves other methods alone, and does not read the base for them', async () => {
    const describeUnread = vi.fn(describeBase);
    const exact = { ...project, headConfig: DEFAULT_EXACT_CONFIG };
    expect(await settledConfig(exact, 100, describeUnread)).toBe(DEFAULT_EXACT_CONFIG);
    expect(describeUnread).not.toHaveBeenCalled();
    expect(withoutStart(DEFAULT_EXACT_CONFIG)).toBe(DEFAULT_EXACT_CONFIG);
  });

  it('refuses a cut with nothing to train below it', async () => {
    const low = { ...project, cut: { ...project.cut, positions: [1] } };
    const failure = { code: 'cut-not-trainable', details: { layer: 'layer 1' } };
    await expect(settledConfig(low, 100, describeBase)).rejects.toMatchObject(failure);
  });

  it('refuses more activations than there is room for, views counted', async () => {
    const numPhotos = 2 ** 29 / (32 * 32 * 8) / 6;
    await expect(settledConfig(project, numPhotos, describeBase)).resolves.toBeTruthy();
    const failure = { code: 'training-too-large', details: { availableMib: 512 } };
    await expect(settledConfig(project, 1.1 * numPhotos, describeBase)).rejects.toMatchObject(
      failure,
    );
  });
});
