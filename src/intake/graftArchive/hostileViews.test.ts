import { describe, expect, it } from 'vitest';
import {
  archiveWith,
  archiveWithValue,
  failureOf,
  open,
  textOf,
  type Json,
} from './hostileFixture.ts';

describe('a setting of augmented or averaged views', () => {
  it.each<[entry: string, place: string, value: unknown]>([
    ['project.json', 'augmentation', null],
    ['project.json', 'augmentation', []],
    ['project.json', 'augmentation', 3],
    ['project.json', 'augmentation', {}],
    ['project.json', 'augmentation.numViews', -1],
    ['project.json', 'augmentation.numViews', 11],
    ['project.json', 'augmentation.numViews', 1e15],
    ['project.json', 'augmentation.numViews', 1.5],
    ['project.json', 'augmentation.numViews', '3'],
    ['project.json', 'augmentation.numViews', NaN],
    ['project.json', 'augmentation.numViews', [3]],
    ['project.json', 'augmentation.seed', -1],
    ['project.json', 'augmentation.seed', 2 ** 32],
    ['project.json', 'augmentation.flips', 'around'],
    ['project.json', 'augmentation.flips', 'constructor'],
    ['project.json', 'augmentation.flips', true],
    ['project.json', 'augmentation.crop', -0.1],
    ['project.json', 'augmentation.crop', 1],
    ['project.json', 'augmentation.rotationDegrees', 181],
    ['project.json', 'augmentation.rotationDegrees', undefined],
    ['project.json', 'augmentation.colour', 1],
    ['project.json', 'augmentation.hueDegrees', -1],
    ['project.json', 'augmentation.blur', 1e308],
    ['project.json', 'augmentation.erasing', NaN],
    ['project.json', 'augmentation.mixup', 0.5],
    ['project.json', 'averaging', null],
    ['project.json', 'averaging', 'all'],
    ['project.json', 'averaging', 'toString'],
    ['project.json', 'averaging', ['mirror']],
    ['project.json', 'averaging', 10],
    ['runs.json', '0.augmentation', null],
    ['runs.json', '0.augmentation.numViews', -1],
    ['runs.json', '0.augmentation.numViews', 1e9],
    ['runs.json', '0.augmentation.erasing', '0.1'],
    ['runs.json', '0.augmentation.crop', NaN],
    ['runs.json', '0.augmentation.cutmix', 1],
    ['runs.json', '0.averagings', {}],
    ['runs.json', '0.averagings', Array(5).fill({ averaging: 'mirror' })],
    ['runs.json', '0.averagings.1.averaging', 'mirror'],
    ['runs.json', '0.averagings.0.averaging', 'everything'],
    ['runs.json', '0.averagings.0.test', 0.5],
    ['runs.json', '0.averagings.0.validation.accuracy', 1.01],
    ['runs.json', '0.averagings.0.validation.accuracy', NaN],
    ['runs.json', '0.averagings.0.validation.interval', null],
    ['runs.json', '0.averagings.0.validation.lead.low', -2],
    ['runs.json', '0.averagings.0.validation.lead', undefined],
  ])('%s: %s = %j is refused', async (entry, place, value) => {
    const failure = await failureOf(await archiveWithValue(entry, place, value));
    expect(failure).toMatchObject({ code: 'archive-invalid', entry });
    expect(failure.message).toContain('should be');
  });
});

it.each(['NaN', 'Infinity', '-', '1e999'])('views counted as %s are refused', async (text) => {
  const json = await textOf('project.json');
  const changed = json.replace('"numViews":3', `"numViews":${text}`);
  expect(changed).not.toBe(json);
  expect(await failureOf(await archiveWith({ 'project.json': changed }))).toMatchObject({
    code: 'archive-invalid',
    entry: 'project.json',
  });
});

function onlyRun(text: string): Json {
  const [run] = JSON.parse(text) as Json[];
  return run ?? {};
}

describe('an archive of an earlier version', () => {
  it.each(['augmentation', 'averaging'])('has no %s, as projects had none', async (setting) => {
    const { project } = await open(await archiveWithValue('project.json', setting, undefined));
    expect(project).not.toHaveProperty(setting);
  });

  it('has runs without augmentation, and none that averaging was measured for', async () => {
    const { augmentation, averagings, ...old } = onlyRun(await textOf('runs.json'));
    expect([augmentation, averagings]).not.toContain(undefined);
    const { runs } = await open(await archiveWith({ 'runs.json': JSON.stringify([old]) }));
    expect(runs).toHaveLength(1);
    expect(runs[0]).not.toHaveProperty('augmentation');
    expect(runs[0]).not.toHaveProperty('averagings');
  });
});
