import { expect, test } from 'vitest';
import { createModelCard } from '../domain/modelCard.ts';
import { exampleRun } from '../state/stateFixture.tsx';
import { fileText } from './exportFixture.ts';
import { modelCardFiles } from './modelCardFiles.ts';

const BASE = { name: 'MobileNet', licence: 'Apache-2.0' };

test('tells counts, accuracy with its interval, confusion and where the model comes from', () => {
  const files = modelCardFiles(createModelCard(exampleRun('run-1'), BASE, 'Flowers'));
  const text = fileText(files, 'MODEL_CARD.md');
  expect(text).toContain('# Flowers');
  expect(text).toContain(
    '75.0 % of 4 validation photos were recognised (95 % interval: 30.1 % to 95.4 %).',
  );
  expect(text).toContain('| Rose | 1 | 1 |');
  expect(text).toContain('MobileNet, licence Apache-2.0');
  expect(text).toContain('To be filled in');
  expect(JSON.parse(fileText(files, 'model_card.json'))).toMatchObject({
    name: 'Flowers',
    heldOut: { part: 'validation', numSamples: 4, accuracy: 0.75 },
    training: { settings: { seed: 1 } },
  });
});

test('says so where no photos were held out', () => {
  const run = exampleRun('run-1', { validation: null, test: null });
  const card = createModelCard(run, { ...BASE, licence: null }, 'Flowers');
  const text = fileText(modelCardFiles(card), 'MODEL_CARD.md');
  expect(text).toContain('its accuracy was not measured');
  expect(text).toContain('licence not known');
});

test('takes names for text, whatever is in them', () => {
  const card = createModelCard(exampleRun('run-1'), BASE, '<script>|\n# [x](y)');
  const text = fileText(modelCardFiles(card), 'MODEL_CARD.md');
  expect(text.split('\n')[0]).toBe(String.raw`# \<script\>\| \# \[x\](y)`);
});
