// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { startI18n } from '../../app/i18n/i18n.ts';
import { STARTER_BASE } from '../../catalogue/bases.ts';
import type { SampleId, Sha256 } from '../../domain/ids.ts';
import type { CompletedRun } from '../../domain/trainingRun.ts';
import { EXAMPLE_PROJECT, exampleRun, withState } from '../../state/stateFixture.tsx';
import { JobCard } from './JobCard.tsx';

vi.mock('../../ui/download.ts', () => ({ downloadFile: () => undefined }));

beforeAll(startI18n);
afterEach(cleanup);

const run: CompletedRun = {
  ...exampleRun('run-1'),
  samples: [{ sampleId: 's' as SampleId, imageHash: 'h' as Sha256, classIndex: 0, part: 'train' }],
};

function show(runs: readonly CompletedRun[], isOpaque = false) {
  const model = { ...STARTER_BASE, isOpaque };
  const availability = { status: 'ready', storedBytes: null } as const;
  const job = { fileName: 'job.zip', blob: new Blob(), numLeftOut: 3 };
  const state = {
    runs,
    bases: [{ base: model, model, availability }],
    saveTrainingJob: () => Promise.resolve(job),
  };
  render(withState(state, <JobCard project={EXAMPLE_PROJECT} />));
}

test('saves a job and says how many photos it had to leave out', async () => {
  show([run]);
  expect(screen.getByText('1 photo')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Save training job' }));
  const notice = await screen.findByRole('status');
  expect(notice.textContent).toMatch(/^3 photos of the run are no longer here/);
});

test.each([
  ['there is no model yet', [], false, /no model yet/],
  ['it was opened from its files', [{ ...run, samples: [], epochs: [] }], false, /without photos/],
  ['Keras has no words for its base', [run], true, /no layers for/],
])('says why there is none where %s', (_, runs, isOpaque, sentence) => {
  show(runs, isOpaque);
  expect(screen.getByText(sentence)).toBeTruthy();
  expect(screen.queryByRole('button')).toBeNull();
});
