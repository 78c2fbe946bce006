import type { ModelCard } from '../domain/modelCard.ts';
import { jsonFile, textFile, type ExportedFile } from './exportedFile.ts';

/** `MODEL_CARD.md` for people and `model_card.json` for programs; what only people know is left to fill in. */
export function modelCardFiles(card: ModelCard): ExportedFile[] {
  return [textFile('MODEL_CARD.md', markdown(card)), jsonFile('model_card.json', card)];
}

function markdown(card: ModelCard): string {
  const { base, training } = card;
  return [
    `# ${escaped(card.name)}`,
    '',
    `An image classifier for ${card.classes.length} classes, trained on ${card.trainedAt.slice(0, 10)} with Graft ${card.appVersion}.`,
    '',
    '## Intended use',
    '',
    '_To be filled in: what it is for, who uses it, and what it must not be used for._',
    '',
    '## Photos',
    '',
    ...table(
      ['Class', 'Trained on', 'Validation', 'Test'],
      card.classes.map(({ name, train, validation, test }) => [name, train, validation, test]),
    ),
    '',
    '_To be filled in: where the photos come from, and what they leave out._',
    '',
    '## Accuracy',
    '',
    ...accuracyLines(card),
    '',
    '## Model',
    '',
    `- Pretrained base: ${escaped(base.name)}, ${base.licence === null ? 'licence not known' : `licence ${escaped(base.licence)}`}, graph ${base.graphHash}`,
    `- Cut: layer ${base.cut.positions.join(', ')}, pooling ${base.cut.pooling}`,
    `- Training: ${training.settings.solver}, ${training.numEpochs} epochs${training.isStoppedEarly ? ' (ended before the last)' : ''}, seed ${training.settings.seed}, on ${training.backend}`,
    '- All settings: `model_card.json`',
    '',
  ].join('\n');
}

function accuracyLines({ heldOut, classes }: ModelCard): string[] {
  if (heldOut === null) return ['No photos were held out: its accuracy was not measured.'];
  const { part, numSamples, accuracy, interval, confusionMatrix, perClass } = heldOut;
  const range = `${percent(interval.low)} to ${percent(interval.high)}`;
  return [
    `${percent(accuracy)} of ${numSamples} ${part} photos were recognised (95 % interval: ${range}).`,
    '',
    ...table(
      ['Class', 'Precision', 'Recall', 'F1', 'Photos'],
      perClass.map(({ precision, recall, f1, support }, index) => [
        classes[index]?.name ?? '',
        ...[precision, recall, f1].map(percent),
        support,
      ]),
    ),
    '',
    'What was taken for what, true classes in rows:',
    '',
    ...table(
      ['', ...classes.map(({ name }) => name)],
      confusionMatrix.map((row, index) => [classes[index]?.name ?? '', ...row]),
    ),
  ];
}

function table(
  headings: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string[] {
  const line = (cells: readonly (string | number)[]) =>
    `| ${cells.map((cell) => escaped(String(cell))).join(' | ')} |`;
  return [line(headings), line(headings.map(() => '---')), ...rows.map(line)];
}

/** Names are text: no markup, no cells, no lines of their own. */
function escaped(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_{}[\]<>#|~]/g, String.raw`\$&`);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
