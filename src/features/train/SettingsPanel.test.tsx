// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { startI18n } from '../../app/i18n/i18n.ts';
import {
  DEFAULT_EXACT_CONFIG,
  DEFAULT_GRADIENT_CONFIG,
  DEFAULT_HEAD_CONFIG,
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
});
