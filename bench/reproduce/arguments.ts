import { parseArgs } from 'node:util';

/** In the order in which the document has them. */
export const EXPERIMENTS = ['flowers', 'cifar-5-5', 'mnist', 'layers', 'folder'] as const;
export type ExperimentName = (typeof EXPERIMENTS)[number];

export interface ReproduceArguments {
  readonly experiment: ExperimentName;
  /** Folder of class folders, for `folder` alone. */
  readonly folder: string | null;
  readonly out: string | null;
}

export const USAGE = `npm run reproduce -- ${EXPERIMENTS.filter((name) => name !== 'folder').join('|')} [--out FILE]
npm run reproduce -- folder DIR [--out FILE]`;

/** Reads the command line; throws a sentence about what is wrong with it. */
export function readArguments(words: readonly string[]): ReproduceArguments {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: { out: { type: 'string' } },
  });
  const [name, folder = null, ...others] = positionals;
  const experiment = EXPERIMENTS.find((each) => each === name);
  if (experiment === undefined)
    throw new Error(`There is no experiment ${name ?? 'without a name'}`);
  const isFolder = experiment === 'folder';
  if (isFolder && folder === null) throw new Error('The folder of class folders is missing');
  const superfluous = isFolder ? others[0] : folder;
  if (superfluous != null) throw new Error(`${superfluous} is one word too many`);
  return { experiment, folder, out: values.out ?? null };
}
