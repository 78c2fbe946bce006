// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { startI18n } from '../../app/i18n/i18n.ts';
import { DEFAULT_HEAD_CONFIG } from '../../domain/headConfig.ts';
import type { AppState } from '../../state/appState.ts';
import { EXAMPLE_PROJECT, withState } from '../../state/stateFixture.tsx';
import { SettingsPanel } from './SettingsPanel.tsx';

beforeAll(startI18n);
afterEach(cleanup);

function show(state: Partial<AppState> = {}) {
  const setHeadConfig = vi.fn(() => Promise.resolve());
  render(withState({ project: EXAMPLE_PROJECT, setHeadConfig, ...state }, <SettingsPanel />));
  return setHeadConfig;
}
const type = (label: string, value: string) => {
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
};

describe('SettingsPanel', () => {
  test('keeps a valid number at once', () => {
    const setHeadConfig = show();
    type('Epochs', '50');
    expect(setHeadConfig).toHaveBeenCalledWith({ ...DEFAULT_HEAD_CONFIG, epochs: 50 });
  });

  test('takes the validation share in percent', () => {
    const setHeadConfig = show();
    type('Validation share (%)', '35');
    expect(setHeadConfig).toHaveBeenCalledWith({ ...DEFAULT_HEAD_CONFIG, validationShare: 0.35 });
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

  test('goes back to the defaults', () => {
    const headConfig = { ...DEFAULT_HEAD_CONFIG, epochs: 99 };
    const setHeadConfig = show({ project: { ...EXAMPLE_PROJECT, headConfig } });
    fireEvent.click(screen.getByRole('button', { name: 'Reset to defaults' }));
    expect(setHeadConfig).toHaveBeenCalledWith(DEFAULT_HEAD_CONFIG);
  });
});
