// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { startI18n } from '../../app/i18n/i18n.ts';
import { STARTER_BASE } from '../../catalogue/bases.ts';
import type { BaseModel } from '../../domain/baseModel.ts';
import type { BaseId } from '../../domain/ids.ts';
import { EXAMPLE_PROJECT, exampleRun, withState } from '../../state/stateFixture.tsx';
import { BaseItems } from './BaseItems.tsx';

beforeAll(startI18n);
afterEach(cleanup);

function show(base: Partial<BaseModel>) {
  const model = { ...STARTER_BASE, name: 'Eyes', sizeBytes: 2_400_000, ...base };
  const availability = { status: 'ready', storedBytes: 2_400_000 } as const;
  const bases = [{ base: model, model, availability }];
  const loadBases = () => Promise.resolve();
  render(withState({ bases, loadBases }, <BaseItems project={EXAMPLE_PROJECT} />));
}

test.each([
  [{ origin: 'trained' }, /^The network “Eyes”, which was trained here \(2\.4 MB\)$/],
  [{ origin: 'catalogue' }, /^Not the network “Eyes” \(2\.4 MB\): it can be downloaded/],
  [{ origin: 'imported', addresses: ['https://x.org/a'] }, /fetched there too, from https:\/\/x/],
  [{ origin: 'imported', addresses: [] }, /take its files along/],
] as const)('says what becomes of a base of %j', (base, sentence) => {
  show(base);
  expect(screen.getByText(sentence)).toBeTruthy();
});

test('says nothing of the base that is wherever the app is', () => {
  show({});
  expect(screen.queryByRole('listitem')).toBeNull();
});

test('speaks of the bases of earlier runs too, also of one that is gone', () => {
  const run = exampleRun('run-1');
  const runs = [{ ...run, classifier: { ...run.classifier, baseId: 'gone' as BaseId } }];
  const loadBases = vi.fn(() => Promise.resolve());
  const project = EXAMPLE_PROJECT;
  render(withState({ runs, bases: [], loadBases }, <BaseItems project={project} />));
  expect(screen.getAllByText(/not on this machine either/)).toHaveLength(2);
  expect(loadBases).toHaveBeenCalledOnce();
});
