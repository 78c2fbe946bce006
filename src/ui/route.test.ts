import { describe, expect, test } from 'vitest';
import type { ProjectId } from '../domain/ids.ts';
import { parseRoute, stepHref } from './route.ts';

describe('parseRoute', () => {
  test('reads back every address that is made', () => {
    const projectId = 'a/b c' as ProjectId;
    expect(parseRoute(stepHref(projectId, 'evaluate'))).toEqual({
      page: 'project',
      projectId,
      step: 'evaluate',
    });
  });

  test('falls back to the first step and to the list', () => {
    expect(parseRoute('#/projects/x/nonsense')).toMatchObject({ step: 'collect' });
    expect(parseRoute('#/projects/x')).toMatchObject({ step: 'collect' });
    for (const hash of ['', '#/', '#/projects/', '#/elsewhere/x'])
      expect(parseRoute(hash)).toEqual({ page: 'projects' });
  });

  test('does not fail on a malformed address', () => {
    expect(parseRoute('#/projects/%E0%A4%A')).toEqual({ page: 'projects' });
  });
});
