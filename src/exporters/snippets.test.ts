import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { FORMAT_FACTS, type ModelFormat } from '../domain/exportFormat.ts';
import { fileText } from './exportFixture.ts';
import { snippetFiles } from './snippets.ts';

const PIN = /[\w-]+==[\d.]+/g;

function pinsIn(path: string): readonly string[] {
  return readFileSync(path, 'utf8').match(PIN) ?? [];
}

/** What `npm run verify-exports` and the browser tests run Python programs with. */
const TESTED = pinsIn('tools/verify-exports/requirements.txt');

const FORMATS = (Object.keys(FORMAT_FACTS) as ModelFormat[]).filter((format) =>
  snippetFiles(format).some(({ path }) => path === 'predict.py'),
);

it('goes along with every file that Python opens', () => {
  expect(FORMATS.toSorted()).toEqual(
    [
      ...['keras', 'keras-h5', 'onnx', 'onnx-float16'],
      ...['tflite', 'tflite-float16', 'tflite-int8'],
    ].toSorted(),
  );
});

it.each(FORMATS)('asks for the versions that it is tested with: %s', (format) => {
  const pins = fileText(snippetFiles(format), 'predict.py').match(PIN) ?? [];
  expect(pins.length).toBeGreaterThanOrEqual(3);
  expect(TESTED).toEqual(expect.arrayContaining(pins));
});

it('so does a training job', () => {
  const pins = pinsIn('src/exporters/trainingJob/program/requirements.txt');
  expect(pins.length).toBeGreaterThanOrEqual(5);
  expect(TESTED).toEqual(expect.arrayContaining([...pins]));
});
