// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { startI18n } from '../../app/i18n/i18n.ts';
import { PRESET_CONFIGS } from '../../domain/gradientPresets.ts';
import type { LayerSummary } from '../../domain/baseSummary.ts';
import {
  DEFAULT_DEEPER_CONFIG,
  DEFAULT_EXACT_CONFIG,
  DEFAULT_GRADIENT_CONFIG,
  DEFAULT_HEAD_CONFIG,
  type DeeperConfig,
  type GradientConfig,
  type HeadConfig,
} from '../../domain/headConfig.ts';
import { EXAMPLE_PROJECT, withState } from '../../state/stateFixture.tsx';
import { SettingsPanel } from './SettingsPanel.tsx';

beforeAll(startI18n);
afterEach(cleanup);

function show(headConfig: HeadConfig = DEFAULT_GRADIENT_CONFIG) {
  const setHeadConfig = vi.fn(() => Promise.resolve());
  const project = { ...EXAMPLE_PROJECT, headConfig };
  render(withState({ project, setHeadConfig }, <SettingsPanel />));
  return setHeadConfig;
}
const type = (label: string, value: string) => {
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
};

describe('SettingsPanel', () => {
  test('keeps a valid number at once', () => {
    const setHeadConfig = show();
    type('Epochs', '50');
    expect(setHeadConfig).toHaveBeenCalledWith({ ...DEFAULT_GRADIENT_CONFIG, epochs: 50 });
  });

  test('takes the validation share in percent', () => {
    const setHeadConfig = show();
    type('Validation share (%)', '35');
    expect(setHeadConfig).toHaveBeenCalledWith({
      ...DEFAULT_GRADIENT_CONFIG,
      validationShare: 0.35,
    });
  });

  test.each([
    ['Epochs', '2.5', 'A whole number from 1 to 1,000'],
    ['Batch size', '0', 'A whole number from 1 to 4,096'],
    ['Learning rate', '2', 'A number from 0.000001 to 1'],
    ['Validation share (%)', '95', 'A number from 0 to 90'],
    ['Seed', '-1', 'A whole number from 0 to 4,294,967,295'],
  ])('refuses %s %s and says why', (label, value, sentence) => {
    const setHeadConfig = show();
    type(label, value);
    expect(screen.getByText(sentence)).toBeTruthy();
    expect(screen.getByLabelText(label).getAttribute('aria-invalid')).toBe('true');
    expect(setHeadConfig).not.toHaveBeenCalled();
  });

  test('goes back to the defaults, which are exact', () => {
    const setHeadConfig = show();
    fireEvent.click(screen.getByRole('button', { name: 'Reset to defaults' }));
    expect(setHeadConfig).toHaveBeenCalledWith(DEFAULT_EXACT_CONFIG);
    cleanup();
    show(DEFAULT_HEAD_CONFIG);
    expect(screen.getByRole('button', { name: 'Reset to defaults' })).toHaveProperty(
      'disabled',
      true,
    );
  });

  test('changes the method and keeps what both have', () => {
    const setHeadConfig = show({ ...DEFAULT_EXACT_CONFIG, seed: 7, validationShare: 0.5 });
    expect(screen.queryByLabelText('Epochs')).toBeNull();
    type('Method', 'gradient');
    const expected = { ...DEFAULT_GRADIENT_CONFIG, seed: 7, validationShare: 0.5 };
    expect(setHeadConfig).toHaveBeenCalledWith(expected);
  });

  test('takes a scaling and a strength of one’s own for the exact method', () => {
    const setHeadConfig = show(DEFAULT_EXACT_CONFIG);
    type('Scaling', 'centred');
    expect(setHeadConfig).toHaveBeenLastCalledWith({ ...DEFAULT_EXACT_CONFIG, scaling: 'centred' });
    expect(screen.queryByLabelText('L2 penalty')).toBeNull();
    type('Strength of the L2 penalty', 'own');
    expect(setHeadConfig).toHaveBeenLastCalledWith({ ...DEFAULT_EXACT_CONFIG, l2: 0.01 });

    cleanup();
    const own = { ...DEFAULT_EXACT_CONFIG, l2: 0.01 };
    const change = show(own);
    type('L2 penalty', '0');
    expect(change).not.toHaveBeenCalled();
    type('L2 penalty', '0.5');
    expect(change).toHaveBeenLastCalledWith({ ...own, l2: 0.5 });
    type('Strength of the L2 penalty', 'auto');
    expect(change).toHaveBeenLastCalledWith({ ...own, l2: null });
  });

  test('takes a preset, which it then shows, and leaves the seed', () => {
    const setHeadConfig = show({ ...DEFAULT_GRADIENT_CONFIG, seed: 7 });
    type('Preset', 'dl4j-flowers');
    const preset = { ...DEFAULT_GRADIENT_CONFIG, ...PRESET_CONFIGS['dl4j-flowers'], seed: 7 };
    expect(setHeadConfig).toHaveBeenLastCalledWith(preset);
    expect(preset).toMatchObject({ learningRate: 3e-5, batchSize: 8, validationShare: 0.4 });
    cleanup();
    show(preset);
    expect(screen.getByLabelText('Preset')).toHaveProperty('value', 'dl4j-flowers');
    cleanup();
    show({ ...preset, batchSize: 9 });
    expect(screen.getByLabelText('Preset')).toHaveProperty('value', 'own');
  });

  test('begins hidden layers with weights that tell their units apart', () => {
    const setHeadConfig = show();
    type('Hidden layers', '5');
    expect(setHeadConfig).not.toHaveBeenCalled();
    type('Hidden layers', '1');
    const layer = { units: 100, activation: 'relu', hasBatchNorm: false, dropout: 0 } as const;
    const deep: GradientConfig = {
      ...DEFAULT_GRADIENT_CONFIG,
      hiddenLayers: [layer],
      initialisation: { kernel: { kind: 'glorot-uniform' }, biasValue: 0 },
    };
    expect(setHeadConfig).toHaveBeenLastCalledWith(deep);
    cleanup();
    const change = show(deep);
    type('Dropout (%)', '50');
    expect(change).toHaveBeenLastCalledWith({
      ...deep,
      hiddenLayers: [{ ...layer, dropout: 0.5 }],
    });
    type('Batch norm', 'on');
    expect(change).toHaveBeenLastCalledWith({
      ...deep,
      hiddenLayers: [{ ...layer, hasBatchNorm: true }],
    });
    type('Hidden layers', '0');
    expect(change).toHaveBeenLastCalledWith({ ...deep, hiddenLayers: [] });
  });

  test.each<[label: string, value: string, changed: Partial<GradientConfig>, field: string | null]>(
    [
      ['Optimiser', 'nesterov', { optimizer: { kind: 'nesterov', momentum: 0.9 } }, 'Momentum'],
      ['Optimiser', 'adamw', { optimizer: { kind: 'adamw', weightDecay: 0.01 } }, 'Weight decay'],
      ['Optimiser', 'sgd', { optimizer: { kind: 'sgd' } }, null],
      [
        'Schedule',
        'step',
        { schedule: { kind: 'step', warmUpEpochs: 0, stepEpochs: 10, stepFactor: 0.5 } },
        'Factor per step',
      ],
      ['Warm-up epochs', '3', { schedule: { kind: 'constant', warmUpEpochs: 3 } }, null],
      ['Scaling', 'none', { scaling: 'none' }, null],
      [
        'Initial weights',
        'constant',
        { initialisation: { kernel: { kind: 'constant', kernelValue: 0.01 }, biasValue: 0 } },
        'Initial weight',
      ],
      ['L1 penalty', '0.5', { l1: 0.5 }, null],
      ['Gradient clipping', 'norm', { clipping: { kind: 'norm', clipLimit: 1 } }, 'Limit'],
      ['Gradient clipping', 'renormalise', { clipping: { kind: 'renormalise' } }, null],
      ['Label smoothing (%)', '10', { labelSmoothing: 0.1 }, null],
      ['Class weights', 'balanced', { classWeights: { kind: 'balanced' } }, null],
      ['Early stopping', 'on', { earlyStopping: { patience: 5 } }, 'Patience'],
    ],
  )('%s %s', (label, value, changed, field) => {
    const setHeadConfig = show();
    type(label, value);
    const expected = { ...DEFAULT_GRADIENT_CONFIG, ...changed };
    expect(setHeadConfig).toHaveBeenLastCalledWith(expected);
    if (field === null) return;
    expect(screen.queryByLabelText(field)).toBeNull();
    cleanup();
    show(expected);
    type(field, '-1000');
    expect(screen.getByLabelText(field).getAttribute('aria-invalid')).toBe('true');
  });

  test('takes a weight for each class of the project', () => {
    const own = { ...DEFAULT_GRADIENT_CONFIG, classWeights: { kind: 'own', byClass: {} } } as const;
    const setHeadConfig = show(own);
    const [label] = EXAMPLE_PROJECT.classLabels;
    type(`Weight of ${label?.name ?? ''}`, '3');
    const byClass = { [label?.id ?? '']: 3 };
    expect(setHeadConfig).toHaveBeenLastCalledWith({
      ...own,
      classWeights: { kind: 'own', byClass },
    });
  });
});

describe('training of layers of the base', () => {
  const layer = (position: number, kind: string, outputShape: number[]): LayerSummary => ({
    position,
    name: `layer ${String(position)}`,
    kind,
    outputShape,
    numParameters: kind === 'input' ? 0 : 100,
    inputs: position === 0 ? [] : [position - 1],
  });
  const layers = [
    layer(0, 'input', [32, 32, 3]),
    layer(1, 'conv2d', [16, 16, 4]),
    layer(2, 'conv2d', [16, 16, 8]),
    layer(3, 'conv2d', [8, 8, 10]),
    layer(4, 'batch-norm', [8, 8, 10]),
  ];

  function showDeeper(config: DeeperConfig = DEFAULT_DEEPER_CONFIG, cutPosition = 4) {
    const setHeadConfig = vi.fn(() => Promise.resolve());
    const describeBase = () => Promise.resolve({ layers, suggestedCuts: [] });
    const cut = { positions: [cutPosition], pooling: 'global-average' } as const;
    const project = { ...EXAMPLE_PROJECT, headConfig: config, cut };
    render(withState({ project, setHeadConfig, describeBase }, <SettingsPanel />));
    return setHeadConfig;
  }

  test('says what the automatic start costs, and takes another', async () => {
    const setHeadConfig = showDeeper();
    const cost = 'Above layer 1: 200 parameters are trained, 2 MB kept per 1,000 photos';
    expect(await screen.findByText(cost)).toBeTruthy();
    type('Train the layers above', 'layer 2');
    const start = { positions: [2], pooling: 'flatten', layer: 'layer 2' };
    expect(setHeadConfig).toHaveBeenCalledWith({ ...DEFAULT_DEEPER_CONFIG, start });
  });

  test('counts what batch norms learn where they are trained', async () => {
    const start = { positions: [2], pooling: 'flatten', layer: 'layer 2' } as const;
    showDeeper({ ...DEFAULT_DEEPER_CONFIG, start, batchNorm: 'trained' });
    // Of the 100 that the example's batch norm has, 20 are means and variances.
    expect(await screen.findByText(/Above layer 2: 180 parameters are trained/)).toBeTruthy();
  });

  test('says so where no layer can be trained', async () => {
    showDeeper(DEFAULT_DEEPER_CONFIG, 1);
    expect(await screen.findByText(/cannot be trained from this layer on/)).toBeTruthy();
    expect(screen.queryByLabelText('Train the layers above')).toBeNull();
  });

  test('is chosen with its own defaults, and refuses with a sentence', () => {
    const setHeadConfig = show({ ...DEFAULT_EXACT_CONFIG, seed: 7 });
    type('Method', 'deeper');
    expect(setHeadConfig).toHaveBeenCalledWith({ ...DEFAULT_DEEPER_CONFIG, seed: 7 });
    cleanup();
    showDeeper();
    type('Learning rate', '5');
    expect(screen.getByText('A number from 0.000001 to 1')).toBeTruthy();
    expect(screen.queryByLabelText('Dropout (%)')).toBeNull();
  });

  test.each([
    ['Label smoothing (%)', '10', { labelSmoothing: 0.1 }],
    ['Class weights', 'balanced', { classWeights: { kind: 'balanced' } }],
    ['Optimiser', 'sgd', { optimizer: { kind: 'sgd' } }],
  ])('%s %s', (label, value, changed) => {
    const setHeadConfig = showDeeper();
    type(label, value);
    expect(setHeadConfig).toHaveBeenCalledWith({ ...DEFAULT_DEEPER_CONFIG, ...changed });
  });
});
