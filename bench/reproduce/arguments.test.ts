import { describe, expect, it } from 'vitest';
import { readArguments } from './arguments.ts';

describe('readArguments', () => {
  it('reads the name of an experiment and where the result goes', () => {
    expect(readArguments(['flowers'])).toEqual({ experiment: 'flowers', folder: null, out: null });
    expect(readArguments(['layers', '--out', 'x.json'])).toMatchObject({ out: 'x.json' });
  });

  it('takes a folder where one is asked for, and nowhere else', () => {
    expect(readArguments(['folder', 'ants'])).toMatchObject({
      experiment: 'folder',
      folder: 'ants',
    });
    expect(() => readArguments(['folder'])).toThrow('folder of class folders');
    expect(() => readArguments(['flowers', 'ants'])).toThrow('ants');
    expect(() => readArguments(['folder', 'ants', 'bees'])).toThrow('bees');
  });

  it('refuses experiments and options that there are not', () => {
    expect(() => readArguments([])).toThrow('without a name');
    expect(() => readArguments(['race'])).toThrow('race');
    expect(() => readArguments(['flowers', '--fast'])).toThrow('--fast');
  });
});
