import { describe, expect, it } from 'vitest';
import { readArguments } from './arguments.ts';

const PEER = ['peer-teachable-machine', '--photos', 'flowers'];

describe('readArguments', () => {
  it('fills in what is not said', () => {
    expect(readArguments(['journey', '--photos', 'flowers'])).toEqual({
      bench: 'journey',
      photos: 'flowers',
      test: null,
      draws: null,
      base: 'starter',
      backend: 'auto',
      out: null,
    });
  });

  it('reads how many draws, and of how many photos', () => {
    const words = ['--repeats', '4', '--train-per-class', '50', '--test-per-class', '40'];
    expect(readArguments([...PEER, ...words])).toMatchObject({
      draws: { repeats: 4, trainPerClass: 50, testPerClass: 40 },
    });
  });

  it('needs no photos for the bases', () => {
    const expected = { bench: 'base', isForDoc: true, out: 'base.json' };
    expect(readArguments(['base', '--doc', '--out', 'base.json'])).toEqual(expected);
  });

  it.each(['head', 'exports'])('needs no photos for %s', (bench) => {
    expect(readArguments([bench, '--out', 'x'])).toEqual({ bench, out: 'x' });
  });

  it('refuses an unknown bench, a missing folder and unknown options', () => {
    expect(() => readArguments(['race', '--photos', 'flowers'])).toThrow('race');
    expect(() => readArguments(['journey'])).toThrow('--photos');
    expect(() => readArguments(['journey', '--photos', 'x', '--fast'])).toThrow('--fast');
  });

  it('refuses draws that are not whole numbers, or beside a folder to test on', () => {
    expect(() => readArguments([...PEER, '--repeats', '1.5'])).toThrow('--repeats');
    expect(() => readArguments([...PEER, '--repeats', '2'])).toThrow('--train-per-class');
    expect(() => readArguments([...PEER, '--repeats', '2', '--test', 'x'])).toThrow('--repeats');
  });
});
