import { parseArgs } from 'node:util';
import type { DrawSize } from './drawPhotos.ts';

export type BenchArguments =
  PhotoBenchArguments | BaseBenchArguments | HeadBenchArguments | ExportsBenchArguments;

export interface BaseBenchArguments {
  readonly bench: 'base';
  /** Write the tables into the documentation. */
  readonly isForDoc: boolean;
  readonly out: string | null;
}

export interface HeadBenchArguments {
  readonly bench: 'head';
  readonly out: string | null;
}

export interface ExportsBenchArguments {
  readonly bench: 'exports';
  readonly out: string | null;
}

export interface PhotoBenchArguments {
  readonly bench: 'journey' | 'peer-teachable-machine';
  /** Folder of class folders. */
  readonly photos: string;
  readonly test: string | null;
  /** Compare the peer on so many draws from `photos`; `null` takes the folders as they are. */
  readonly draws: (DrawSize & { readonly repeats: number }) | null;
  readonly base: string;
  /** `auto` or the name of a backend. */
  readonly backend: string;
  readonly out: string | null;
}

export const USAGE = `npm run bench -- journey --photos DIR [--test DIR] [--base ID] [--backend NAME] [--out FILE]
npm run bench -- peer-teachable-machine --photos DIR [--test DIR] [--out FILE]
npm run bench -- peer-teachable-machine --photos DIR --repeats N --train-per-class N --test-per-class N [--out FILE]
npm run bench -- base [--doc] [--out FILE]
npm run bench -- head [--out FILE]
npm run bench -- exports [--out FILE]`;

/** Reads the command line; throws a sentence about what is wrong with it. */
export function readArguments(words: readonly string[]): BenchArguments {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      photos: { type: 'string' },
      test: { type: 'string' },
      repeats: { type: 'string' },
      'train-per-class': { type: 'string' },
      'test-per-class': { type: 'string' },
      base: { type: 'string', default: 'starter' },
      backend: { type: 'string', default: 'auto' },
      out: { type: 'string' },
      doc: { type: 'boolean', default: false },
    },
  });
  const [bench] = positionals;
  if (bench === 'base') return { bench, isForDoc: values.doc, out: values.out ?? null };
  if (bench === 'head' || bench === 'exports') return { bench, out: values.out ?? null };
  if (bench !== 'journey' && bench !== 'peer-teachable-machine') {
    throw new Error(`There is no bench ${bench ?? 'without a name'}`);
  }
  if (values.photos === undefined) throw new Error('--photos is missing');
  const { photos, test = null, repeats, base, backend, out = null } = values;
  if (repeats !== undefined && (test !== null || bench === 'journey')) {
    throw new Error('--repeats draws from --photos, for the peer alone');
  }
  const draws =
    repeats === undefined
      ? null
      : {
          repeats: readCount('repeats', repeats),
          trainPerClass: readCount('train-per-class', values['train-per-class']),
          testPerClass: readCount('test-per-class', values['test-per-class']),
        };
  return { bench, photos, test, draws, base, backend, out };
}

function readCount(name: string, text: string | undefined): number {
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  throw new Error(`--${name} is not a number of one or more`);
}
