// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { startI18n } from '../../app/i18n/i18n.ts';
import { STARTER_BASE } from '../../catalogue/bases.ts';
import type { BaseModel } from '../../domain/baseModel.ts';
import { EXAMPLE_PROJECT, exampleRun, withState } from '../../state/stateFixture.tsx';
import { ModelCard } from './ModelCard.tsx';

beforeAll(startI18n);
afterEach(cleanup);

function show(change: Partial<BaseModel>) {
  const model = { ...STARTER_BASE, ...change };
  const availability = { status: 'ready', storedBytes: null } as const;
  const state = { runs: [exampleRun('run-1')], bases: [{ base: model, model, availability }] };
  render(withState(state, <ModelCard project={EXAMPLE_PROJECT} />));
}

test('offers a page and what Teachable Machine reads', () => {
  show({});
  expect(screen.getByRole('heading', { name: 'Web page and TF.js model (.zip)' })).toBeTruthy();
  expect(screen.getByText('metadata.json')).toBeTruthy();
});

test('says that a base that runs as it is leaves as a graph model only', () => {
  show({ isOpaque: true });
  expect(screen.getByRole('heading', { name: 'TF.js graph model (.zip)' })).toBeTruthy();
  expect(screen.getByText(/operations that no other format here knows/)).toBeTruthy();
  expect(screen.queryByText('metadata.json')).toBeNull();
  expect(screen.getByText("TensorFlow.js: tf.loadGraphModel('model.json')")).toBeTruthy();
  expect(screen.getByText('In the base’s own range; preprocessing.json says which')).toBeTruthy();
});
