// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { startI18n } from '../../../app/i18n/i18n.ts';
import type { BaseModel } from '../../../domain/baseModel.ts';
import { DEFAULT_SCRATCH_FIT } from '../../../domain/scratchFit.ts';
import { DEFAULT_TWO_CONVOLUTIONS } from '../../../domain/twoConvolutions.ts';
import type { AppState } from '../../../state/appState.ts';
import {
  EXAMPLE_EPOCHS,
  EXAMPLE_PROJECT,
  exampleSample,
  withState,
} from '../../../state/stateFixture.tsx';
import { transferPhotosKey } from '../../../state/transferPhotosKey.ts';
import { readyBase } from '../baseFixture.ts';
import { OwnBaseCard } from './OwnBaseCard.tsx';
import { ScratchComparison } from './ScratchComparison.tsx';

// A canvas, which jsdom does not have; the numbers are checked in the tables.
vi.mock('../../../ui/charts/LineChart.tsx', () => ({
  LineChart: ({ label }: { label: string }) => <div role="img" aria-label={label} />,
}));

beforeAll(startI18n);
afterEach(cleanup);

const actions = {
  trainOwnBase: vi.fn<AppState['trainOwnBase']>(() => Promise.resolve()),
  compareWithScratch: vi.fn(() => Promise.resolve()),
  cancelScratch: vi.fn(),
  dismissTrainedBase: vi.fn(),
};
beforeEach(() => {
  vi.clearAllMocks();
});

const project = EXAMPLE_PROJECT;
const samples = project.classLabels.flatMap(({ id, name }) => [
  exampleSample(`${name} 1`, id),
  exampleSample(`${name} 2`, id),
]);
const training: NonNullable<BaseModel['training']> = {
  projectName: 'Digits',
  classNames: ['0', '1'],
  settings: DEFAULT_TWO_CONVOLUTIONS,
  fit: DEFAULT_SCRATCH_FIT,
  validationAccuracy: 0.75,
};
const known = readyBase({ origin: 'trained', name: 'Mine', purpose: null, training }, 2_400_000);

function show(state: Partial<AppState>, element = <OwnBaseCard project={project} />) {
  render(withState({ project, samples, bases: [known], ...actions, ...state }, element));
}

const button = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Train this base' });
const field = (name: string) => screen.getByRole('spinbutton', { name });
const type = (name: string, value: string) => {
  fireEvent.change(field(name), { target: { value } });
};

describe('a base of one’s own', () => {
  test('says what the settings come to, and trains with them', () => {
    show({});
    type('Side in pixels', '28');
    fireEvent.change(screen.getByRole('combobox', { name: 'Pictures' }), {
      target: { value: 'grey' },
    });
    type('Dense dropout, in %', '40');
    // Keras's 600,165 have five classes; here there are two.
    expect(screen.getByText('599,778')).toBeTruthy();
    fireEvent.click(button());
    expect(actions.trainOwnBase).toHaveBeenCalledWith({
      name: 'Base of Flowers',
      settings: { ...DEFAULT_TWO_CONVOLUTIONS, inputSize: 28, isGrey: true, denseDropout: 0.4 },
      fit: DEFAULT_SCRATCH_FIT,
    });
  });

  test('takes no number outside its limits', () => {
    show({});
    type('Kernel', '9');
    expect(screen.getByText('A whole number from 1 to 7')).toBeTruthy();
    fireEvent.click(button());
    expect(actions.trainOwnBase.mock.calls[0]?.[0].settings.kernelSize).toBe(3);
  });

  test('says so where it does not fit into memory, and where there is nothing to train on', () => {
    show({});
    type('Side in pixels', '96');
    type('Units of the dense layer', '1024');
    expect(screen.getByText(/^This takes about .* of memory/)).toBeTruthy();
    expect(button().disabled).toBe(true);
    cleanup();
    show({ samples: samples.slice(0, 2) });
    expect(screen.getByText('Two classes with photos are needed.')).toBeTruthy();
    expect(button().disabled).toBe(true);
  });

  test('shows how the training goes and can be ended', () => {
    const fitting = { status: 'fitting', fit: 'base', epochs: EXAMPLE_EPOCHS } as const;
    show({ ownBase: { ...fitting, totalEpochs: 12, share: 0.19, secondsLeft: 90 } });
    expect(screen.queryByRole('button', { name: 'Train this base' })).toBeNull();
    expect(screen.getByText(/Epoch 3 of 12 · .*2 min/)).toBeTruthy();
    expect(screen.getByRole<HTMLProgressElement>('progressbar').value).toBeCloseTo(0.19);
    expect(screen.getByRole('img', { name: 'Accuracy by epoch: Training, Held out' })).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(actions.cancelScratch).toHaveBeenCalledOnce();
  });

  test('says what came of it', () => {
    const curve = { epochs: EXAMPLE_EPOCHS, durationMs: 2 };
    show({ trainedBase: { base: { ...known.base, ...known.model } as BaseModel, curve } });
    expect(screen.getByText(/“Mine” is among the networks now.*75.0%/)).toBeTruthy();
    const cells = screen.getAllByRole('row', { hidden: true }).at(-1)?.querySelectorAll('td');
    expect([...(cells ?? [])].map((cell) => cell.textContent)).toEqual([
      '100.0%',
      '0.1',
      '75.0%',
      '0.4',
    ]);
    fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(actions.dismissTrainedBase).toHaveBeenCalledOnce();
  });
});

describe('the comparison with training from scratch', () => {
  const card = <ScratchComparison project={project} />;
  const scratch = { epochs: EXAMPLE_EPOCHS, durationMs: 4000 };
  const transferred = {
    epochs: EXAMPLE_EPOCHS.map((epoch) => ({ ...epoch, validationAccuracy: 1 })),
    durationMs: 500,
  };

  test('is offered for bases that were trained here only', () => {
    show({ bases: [readyBase({}, null)] }, card);
    expect(screen.queryByRole('button')).toBeNull();
    cleanup();
    show({}, card);
    fireEvent.click(screen.getByRole('button', { name: 'Compare with training from scratch' }));
    expect(actions.compareWithScratch).toHaveBeenCalledOnce();
  });

  test('puts accuracies, times and trained parameters side by side', () => {
    const photosKey = transferPhotosKey(project, samples);
    const { baseId } = project;
    show({ scratchComparison: { baseId, photosKey, transferred, scratch } }, card);
    const table = screen.getByRole('table', { name: /^A head on the frozen base/ });
    const rows = within(table).getAllByRole('row').slice(1);
    const texts = rows.map((row) =>
      [...row.querySelectorAll('th, td')].map((cell) => cell.textContent),
    );
    expect(texts).toEqual([
      ['Transferred', '100.0%', '100.0%', '0.25', '0.5', '803,202'],
      ['From scratch', '25.0%', '75.0%', '2', '4', '813,346'],
    ]);
  });

  test('shows nothing that was measured on other photos', () => {
    const { baseId } = project;
    show({ scratchComparison: { baseId, photosKey: 'other', transferred, scratch } }, card);
    expect(screen.queryByRole('table')).toBeNull();
  });
});
