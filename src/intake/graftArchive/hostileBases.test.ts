import { describe, expect, it } from 'vitest';
import {
  archiveWith,
  archiveWithValue,
  failureOf,
  goodArchive,
  open,
  textOf,
  type Json,
} from './hostileFixture.ts';

const paths = [...goodArchive.contents.keys()];
const weightsPath = paths.find((path) => path.endsWith('weights.bin')) ?? '';

describe('a base in an archive', () => {
  it.each<[place: string, value: unknown]>([
    ['0.graphHash', 'cd'.repeat(32)],
    ['0.graphHash', '../x'],
    ['0.name', 7],
    ['0.files', ['../../etc/passwd']],
    ['0.files', Array(9).fill('model.json')],
    ['0.training', null],
    ['0.training.projectName', []],
    ['0.training.classNames', ['0']],
    ['0.training.validationAccuracy', 2],
    ['0.training.settings.inputSize', 10_000],
    ['0.training.settings.filters', 2.5],
    ['0.training.settings.isGrey', 'yes'],
    ['0.training.settings.dropout', 1],
    ['0.training.fit.epochs', 0],
    ['0.training.fit.learningRate', '0.1'],
  ])('with %s = %j is refused', async (place, value) => {
    const failure = await failureOf(await archiveWithValue('bases.json', place, value));
    expect(failure).toMatchObject({ code: 'archive-invalid', entry: 'bases.json' });
    expect(failure.message).toContain('should be');
  });

  it('is refused without its weights', async () => {
    const failure = await failureOf(await archiveWith({ [weightsPath]: null }));
    expect(failure).toMatchObject({ code: 'archive-invalid', entry: weightsPath });
  });

  it('is refused, and not unpacked, where it is far larger than its settings say', async () => {
    const large = new Blob([new Uint8Array(2e6)]);
    const { bases } = await open(await archiveWith({ [weightsPath]: large }));
    const reading = bases[0]?.files[1]?.read();
    const details = { entry: weightsPath };
    await expect(reading).rejects.toMatchObject({ code: 'archive-invalid', details });
    await expect(reading).rejects.toThrow('at most');
  });

  it('is refused where it would be larger than any that can be trained', async () => {
    const json = JSON.parse(await textOf('bases.json')) as [{ training: { settings: Json } }];
    Object.assign(json[0].training.settings, { inputSize: 96, filters: 128, units: 1024 });
    const blob = await archiveWith({ 'bases.json': JSON.stringify(json) });
    expect(await failureOf(blob)).toMatchObject({ code: 'archive-invalid', entry: 'bases.json' });
  });

  it('was in none of an earlier version', async () => {
    expect((await open(await archiveWith({ 'bases.json': null }))).bases).toEqual([]);
  });
});
