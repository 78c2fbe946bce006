import { describe, expect, it } from 'vitest';
import { fileText, SMALL_SPEC } from '../exporters/exportFixture.ts';
import { preprocessingFile } from '../exporters/preprocessingFile.ts';
import { readMetadata, readSpec } from './modelFiles.ts';

describe('readMetadata', () => {
  it('gives name and labels as they are', () => {
    const json = JSON.stringify({ modelName: '<b>Pets</b>', labels: ['cat', '狗'], other: 1 });
    expect(readMetadata(json)).toEqual({ modelName: '<b>Pets</b>', labels: ['cat', '狗'] });
  });

  it.each(['', '[]', '{"modelName":"Pets"}', '{"modelName":"Pets","labels":[1]}'])(
    'refuses %j',
    (json) => {
      expect(() => readMetadata(json)).toThrow(expect.objectContaining({ code: 'base-invalid' }));
    },
  );
});

describe('readSpec', () => {
  const exported = fileText([preprocessingFile(SMALL_SPEC)], 'preprocessing.json');

  it('reads what an export says: the input of the exported model, not of its base', () => {
    expect(readSpec(exported)).toEqual({ ...SMALL_SPEC, scale: [1 / 127], offset: [-1] });
  });

  it.each([
    ['another version', '"version": 1', '"version": 3'],
    ['a framing that there is not', 'centre-square', 'oval'],
    ['a size that is none', '"inputHeight": 12', '"inputHeight": -12'],
    ['a scale that is no number', /"scale": \[[^\]]*\]/, '"scale": ["1"]'],
  ])('refuses %s', (_, part, replacement) => {
    const changed = exported.replace(part, replacement);
    expect(changed).not.toBe(exported);
    expect(() => readSpec(changed)).toThrow(expect.objectContaining({ code: 'base-invalid' }));
  });
});
