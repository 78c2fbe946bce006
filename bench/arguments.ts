import { parseArgs } from 'node:util';

export interface BenchArguments {
  readonly bench: 'journey' | 'peer-teachable-machine';
  /** Folder of class folders. */
  readonly photos: string;
  readonly test: string | null;
  readonly base: string;
  /** `auto` or the name of a backend. */
  readonly backend: string;
  readonly out: string | null;
}

export const USAGE = `npm run bench -- journey --photos DIR [--test DIR] [--base ID] [--backend NAME] [--out FILE]
npm run bench -- peer-teachable-machine --photos DIR [--test DIR] [--out FILE]`;

/** Reads the command line; throws a sentence about what is wrong with it. */
export function readArguments(words: readonly string[]): BenchArguments {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      photos: { type: 'string' },
      test: { type: 'string' },
      base: { type: 'string', default: 'starter' },
      backend: { type: 'string', default: 'auto' },
      out: { type: 'string' },
    },
  });
  const [bench] = positionals;
  if (bench !== 'journey' && bench !== 'peer-teachable-machine') {
    throw new Error(`There is no bench ${bench ?? 'without a name'}`);
  }
  if (values.photos === undefined) throw new Error('--photos is missing');
  const { photos, test = null, base, backend, out = null } = values;
  return { bench, photos, test, base, backend, out };
}
