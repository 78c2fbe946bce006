import { describe, expect, it } from 'vitest';
import { readArguments } from './arguments.ts';

describe('readArguments', () => {
  it('fills in what is not said', () => {
    expect(readArguments(['journey', '--photos', 'flowers'])).toEqual({
      bench: 'journey',
      photos: 'flowers',
      test: null,
      base: 'starter',
      backend: 'auto',
      out: null,
    });
  });

  it('refuses an unknown bench, a missing folder and unknown options', () => {
    expect(() => readArguments(['race', '--photos', 'flowers'])).toThrow('race');
    expect(() => readArguments(['journey'])).toThrow('--photos');
    expect(() => readArguments(['journey', '--photos', 'x', '--fast'])).toThrow('--fast');
  });
});
