// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { startI18n } from '../../app/i18n/i18n.ts';
import { STARTER_BASE } from '../../catalogue/bases.ts';
import type { BaseModel } from '../../domain/baseModel.ts';
import type { ExportProof } from '../../domain/exportFormat.ts';
import type { SampleId, Sha256 } from '../../domain/ids.ts';
import type { RunSample } from '../../domain/trainingRun.ts';
import type { QuantisedModel } from '../../state/exportState.ts';
import { EXAMPLE_PROJECT, exampleRun, withState } from '../../state/stateFixture.tsx';
import { ModelCard } from './ModelCard.tsx';

const PHOTO: RunSample = {
  sampleId: 's' as SampleId,
  imageHash: 'h' as Sha256,
  classIndex: 0,
  part: 'train',
};

beforeAll(startI18n);
afterEach(cleanup);

function show(
  change: Partial<BaseModel>,
  proof: ExportProof | null = null,
  quantised: QuantisedModel | null = null,
  samples: readonly RunSample[] = [],
) {
  const model = { ...STARTER_BASE, ...change };
  const availability = { status: 'ready', storedBytes: null } as const;
  const state = {
    runs: [{ ...exampleRun('run-1'), samples }],
    saving: { status: 'idle' },
    proof,
    quantised,
    describeModel: () =>
      Promise.resolve({ numWeights: 500_000, numOwnWeights: 3000, activationSize: 128 }),
    bases: [{ base: model, model, availability }],
  } as const;
  render(withState(state, <ModelCard project={EXAMPLE_PROJECT} />));
}

test('offers a page and what Teachable Machine reads', () => {
  show({});
  expect(screen.getByRole('radio', { name: 'One web page', checked: true })).toBeTruthy();
  expect(screen.getByText(/^Photos of any size/)).toBeTruthy();
  expect(screen.queryByText('Pixel values')).toBeNull();
  fireEvent.click(screen.getByRole('radio', { name: 'TF.js' }));
  expect(screen.getByText('metadata.json')).toBeTruthy();
});

test('tells of another format what is in it, how large it is and what it takes', async () => {
  show({});
  fireEvent.click(screen.getByRole('radio', { name: 'ONNX, half the size' }));
  expect(screen.getByText('model.onnx')).toBeTruthy();
  expect(screen.queryByText('metadata.json')).toBeNull();
  expect(screen.getByText(/Red, green, blue from 0 to 255/)).toBeTruthy();
  expect(screen.getByText(/^Graft: drop the file on the Projects page/)).toBeTruthy();
  const half = await screen.findByRole('radio', {
    description: /^about 1 MB/,
    name: 'ONNX, half the size',
  });
  expect(half).toBeTruthy();
});

test('offers data and documents apart from what runs, with what is in them', async () => {
  show({});
  const group = within(screen.getByRole('group', { name: 'Data and documents' }));
  fireEvent.click(group.getByRole('radio', { name: 'safetensors' }));
  expect(screen.getByText('architecture.json')).toBeTruthy();
  expect(screen.getByText('In the base’s own range; preprocessing.json says which')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Download file' })).toBeTruthy();
  expect(await group.findByText('about 22 kB')).toBeTruthy();
  // A model that was opened from its files has no photos.
  for (const name of ['Embedding Projector', 'NumPy arrays (.npz)', 'TensorFlow Lite, 8 bits']) {
    expect(screen.queryByRole('radio', { name })).toBeNull();
  }
});

test('says that a data file was compared, and what is not in it', () => {
  const headId = exampleRun('run-1').headId;
  show({}, { format: 'model-card', headId, numValues: 12_800, numLeftOut: 3 });
  fireEvent.click(screen.getByRole('radio', { name: 'Model card' }));
  expect(screen.getByRole('status').textContent).toBe(
    'Compared: the file was read again, and all 12,800 values are those that are stored. 3 photos of the run were left out: they are deleted or cannot be read.',
  );
});

test('says how a check came out, for the format that was checked', () => {
  const headId = exampleRun('run-1').headId;
  show({}, { format: 'onnx', headId, largestDifference: 1.25e-6, numPhotos: 8 });
  expect(screen.queryByText(/Verified/)).toBeNull();
  fireEvent.click(screen.getByRole('radio', { name: 'ONNX' }));
  expect(screen.getByRole('status').textContent).toBe(
    'Verified: ONNX Runtime Web opened the file and gave the app’s answers on 8 photos and eight drawings; the largest difference of a probability was 1.3e\u22126.',
  );
});

test('says that a model without photos was checked on drawings alone', () => {
  const headId = exampleRun('run-1').headId;
  show({}, { format: 'keras', headId, largestDifference: 0.002, numPhotos: 0 });
  fireEvent.click(screen.getByRole('radio', { name: 'Keras' }));
  expect(screen.getByRole('status').textContent).toMatch(
    /^Read back: .* answers on eight drawings;/,
  );
});

test('says that a base that runs as it is leaves as a graph model only', () => {
  show({ isOpaque: true });
  expect(screen.getByRole('radio', { name: 'TF.js graph model', checked: true })).toBeTruthy();
  expect(screen.getByText(/operations that no other format here knows/)).toBeTruthy();
  expect(screen.queryByText('metadata.json')).toBeNull();
  expect(screen.getByText("TensorFlow.js: tf.loadGraphModel('model.json')")).toBeTruthy();
  expect(screen.getByText(/Red, green, blue from 0 to 255/)).toBeTruthy();
});

test('tells what a model of 8 bits loses before it is saved', () => {
  const headId = exampleRun('run-1').headId;
  const accuracy = { before: 0.9, after: 0.85 };
  const report = { headId, numPhotos: 200, agreement: 0.93, accuracy };
  const file = { fileName: 'pets.zip', blob: new Blob() };
  show({}, null, { report, file }, [PHOTO]);
  expect(screen.queryByRole('button', { name: 'Save file' })).toBeNull();
  fireEvent.click(screen.getByRole('radio', { name: 'TensorFlow Lite, 8 bits' }));
  expect(screen.getByText(/costs a lot here.*85.*200 photos.*90/)).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Save file' })).toBeTruthy();
  expect(screen.getByText('measured.json')).toBeTruthy();
});
