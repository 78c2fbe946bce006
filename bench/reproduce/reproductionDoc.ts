import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import type { Machine } from '../base/machine.ts';
import { EXPERIMENTS, type ExperimentName } from './arguments.ts';

const DOC = 'docs/reproductions.md';

const PREFACE = `# Known experiments, repeated

What others have published about transfer learning, done again with Graft's own code in a headless browser. Each section is written by its command, which needs \`GRAFT_ASSETS\`, the folder with weights and photos for tests:

\`\`\`sh
npm run reproduce -- NAME
\`\`\`

Accuracies are of photos that were not trained on, mean and standard deviation over the seeds, each of which draws whatever is random: weights, shuffles, and the split where the photos do not come with one.`;

export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** An experiment's outcome, in words. */
export interface Reproduction {
  readonly name: ExperimentName;
  readonly title: string;
  /** What was published, and where. */
  readonly published: string;
  /** What was done here. */
  readonly method: string;
  readonly table: Table;
  /** What the table does not say by itself. */
  readonly remarks: readonly string[];
  readonly seeds: readonly number[];
  /** Every fit, for the file with the result alone. */
  readonly outcomes: unknown;
}

/** What the outcome was measured with. */
export interface RunFacts {
  readonly machine: Machine;
  readonly durationSeconds: number;
}

/** Puts the outcome into the documentation, in place of an older one of the same experiment. */
export async function writeReproduction(outcome: Reproduction, facts: RunFacts): Promise<void> {
  const old = existsSync(DOC) ? readFileSync(DOC, 'utf8') : '';
  const text = putSection(old, outcome.name, sectionOf(outcome, facts));
  const style = await resolveConfig(DOC);
  writeFileSync(DOC, await format(text, { ...style, parser: 'markdown' }));
}

/** The outcome as Markdown, with everything needed to repeat it. */
export function sectionOf(outcome: Reproduction, { machine, durationSeconds }: RunFacts): string {
  const { title, published, method, table, remarks, seeds } = outcome;
  const { date, processor, numCores, memoryGB, loadBefore, chromium } = machine;
  const run = [
    `Run on ${date} within ${Math.ceil(durationSeconds)} s: headless Chromium ${chromium}, ${processor},`,
    `${numCores} cores, ${memoryGB} GB, load average before ${loadBefore}. Seeds ${seeds.join(', ')}.`,
  ].join(' ');
  const paragraphs = [
    `## ${title}`,
    `**Published.** ${published}`,
    `**Here.** ${method}`,
    markdownTable(table),
    ...remarks,
    run,
  ];
  return paragraphs.join('\n\n');
}

/** The document with `section` under `name`; the sections of other experiments stay, in a fixed order. */
export function putSection(doc: string, name: ExperimentName, section: string): string {
  const sections = EXPERIMENTS.flatMap((each) => {
    const text = each === name ? section : readSection(doc, each);
    return text === null ? [] : [`${beginOf(each)}\n\n${text}\n\n${endOf(each)}`];
  });
  return `${[PREFACE, ...sections].join('\n\n')}\n`;
}

export function markdownTable({ header, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

function readSection(doc: string, name: ExperimentName): string | null {
  const start = doc.indexOf(beginOf(name));
  const end = doc.indexOf(endOf(name));
  if (start < 0 || end < start) return null;
  return doc.slice(start + beginOf(name).length, end).trim();
}

function beginOf(name: ExperimentName): string {
  return `<!-- Written by \`npm run reproduce -- ${name}\`. -->`;
}

function endOf(name: ExperimentName): string {
  return `<!-- End of ${name}. -->`;
}
