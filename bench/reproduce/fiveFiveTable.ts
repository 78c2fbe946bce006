import type { FitCurve } from '../../src/domain/scratchFit.ts';
import type { FiveFiveOutcome } from './fiveFive.ts';
import type { Table } from './reproductionDoc.ts';
import { percent, spreadOf, typicalSeconds } from './statistics.ts';

/** What is trained in a row of the table, and what others get there. */
type Row = readonly [classes: string, trained: string, elsewhere: string];

/** Texts of the four rows; `elsewhere` where somebody has published a figure. */
export interface FiveFiveNames {
  readonly first: string;
  readonly last: string;
  readonly elsewhere: { readonly base: string; readonly transferred: string } | null;
}

/** Accuracy after the first epoch and after the last, and the time of training alone. */
export function fiveFiveTable(
  outcomes: readonly FiveFiveOutcome[],
  { first, last, elsewhere }: FiveFiveNames,
): Table {
  const curves = ([...texts]: Row, of: (outcome: FiveFiveOutcome) => FitCurve) => {
    const [classes, trained, published] = texts;
    const accuracyAt = (index: number) =>
      percent(
        spreadOf(outcomes.map((each) => of(each).epochs.at(index)?.validationAccuracy ?? NaN)),
      );
    const time = typicalSeconds(outcomes.map((each) => of(each).durationMs));
    return [classes, trained, accuracyAt(0), accuracyAt(-1), time, published];
  };
  const features = outcomes.map((each) => each.features);
  const extracted = [
    last,
    'softmax on the frozen dense layer, exact',
    '',
    percent(spreadOf(features.map(({ heldOutAccuracy }) => heldOutAccuracy))),
    typicalSeconds(features.map(({ durationMs }) => durationMs)),
    '',
  ];
  const rows = [
    curves([first, 'everything: the base', elsewhere?.base ?? ''], ({ base }) => base),
    extracted,
    curves(
      [last, 'dense layers on the frozen convolutions', elsewhere?.transferred ?? ''],
      ({ transferred }) => transferred,
    ),
    curves([last, 'everything, from scratch', ''], ({ scratch }) => scratch),
  ];
  const header = ['classes', 'trained', 'after epoch 1', 'at the end', 'training', 'elsewhere'];
  const width = elsewhere === null ? header.length - 1 : header.length;
  return { header: header.slice(0, width), rows: rows.map((row) => row.slice(0, width)) };
}
