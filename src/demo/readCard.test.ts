import { expect, it } from 'vitest';
import { createModelCard } from '../domain/modelCard.ts';
import { fileText } from '../exporters/exportFixture.ts';
import { modelCardFiles } from '../exporters/modelCardFiles.ts';
import { exampleRun } from '../state/stateFixture.tsx';
import { readCard } from './readCard.ts';

const BASE = { name: 'MobileNet', licence: null };

it('reads what an export says about its model', () => {
  const files = modelCardFiles(createModelCard(exampleRun('run-1'), BASE, 'Pets'));
  expect(readCard(fileText(files, 'model_card.json'))).toMatchObject({
    trainedOn: '1970-01-01',
    baseName: 'MobileNet',
    baseLicence: null,
    accuracy: { share: 0.75, numPhotos: 4 },
  });
});

it('says that nothing was measured where no photos were held out', () => {
  const run = exampleRun('run-1', { validation: null, test: null });
  const files = modelCardFiles(createModelCard(run, BASE, 'Pets'));
  expect(readCard(fileText(files, 'model_card.json')).accuracy).toBeNull();
});

it.each(['', '{}', '{"base":{"name":1}}'])('refuses %j', (json) => {
  expect(() => readCard(json)).toThrow(expect.objectContaining({ code: 'base-invalid' }));
});
