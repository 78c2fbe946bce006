// @vitest-environment jsdom
import { renderHook } from '@testing-library/react';
import i18next from 'i18next';
import { beforeAll, describe, expect, test } from 'vitest';
import { chooseLanguage, startI18n } from '../app/i18n/i18n.ts';
import { en } from '../app/i18n/resources.ts';
import type { GraftErrorCode } from '../domain/errors.ts';
import type { PhotoProblem } from '../domain/photoProblem.ts';
import { useMessages } from './messages.ts';

beforeAll(startI18n);

const codes = Object.keys(en.messages.failure) as GraftErrorCode[];
const problems = Object.keys(en.messages.problem) as PhotoProblem[];

const DETAILS = {
  ...{ host: 'h', url: 'u', neededMib: 2, availableMib: 1 },
  ...{ runtime: 'r', reason: 's', difference: 0.1, tolerance: 0.001 },
  ...{ numLabels: 3, numOutputs: 2, base: 'b' },
  ...{ different: 1, values: 2, place: 'p' },
};

describe.each(['en', 'zh-CN'] as const)('messages in %s', (language) => {
  test('have a sentence of their own for every failure and every photo problem', async () => {
    await chooseLanguage(language);
    expect(document.documentElement.lang).toBe(language);
    const { result } = renderHook(useMessages);
    const sentences = [
      ...codes.map((code) =>
        result.current.failure({
          code,
          details: DETAILS,
        }),
      ),
      ...problems.map((problem) => result.current.problem(problem, null)),
    ];
    expect(new Set(sentences).size).toBe(codes.length + problems.length);
    for (const sentence of sentences) expect(sentence).not.toMatch(/failure\.|problem\.|\{\{/);
  });
});

test('a failure names the file, the layer and the tensor that it is about', async () => {
  await chooseLanguage('en');
  const { result } = renderHook(useMessages);
  const details = { tensor: 'kernel', layer: 'conv1', file: 'model.h5', found: 3 };
  expect(result.current.failure({ code: 'base-invalid', details })).toMatch(
    / \(file model\.h5, layer conv1, tensor kernel\)$/,
  );
});

test('what is known about a file stands behind its reason', async () => {
  await chooseLanguage('en');
  const { result } = renderHook(useMessages);
  expect(result.current.problem('too-large', '9 × 9')).toMatch(/\(9 × 9\)$/);
  expect(i18next.language).toBe('en');
});
