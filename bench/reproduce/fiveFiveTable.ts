import type { FiveFiveOutcome } from './fiveFive.ts';
import type { Table } from './reproductionDoc.ts';
import { percent, spreadOf, typicalSeconds } from './statistics.ts';

/** Held-out accuracies of one fit of Keras's. */
interface KerasFit {
  readonly first: number;
  readonly last: number;
}

/** The same experiment by Keras itself on the same photos, with one seed. */
export type KerasOutcome = Readonly<
  Record<'base' | 'transferred' | 'scratch' | 'retrained', KerasFit>
>;

/** What the columns are, for the section's end. */
export const KERAS_REMARK =
  'Keras’s: Keras 3.15 on the same photos, layers, epochs and batches, seeds 1, 2, 3 of its own (`tools/reproduction-figures`); where the dense layer goes on, its new softmax begins at random, behind dropout, and ours at its optimum on the frozen features. Training is the median of one fit; computing what the frozen layers put out is not in it, the cross-validation of the exact softmax is.';

const BASE_ROW = ['base', '0–4', 'everything: the base'] as const;
const RETRAINED_ROWS = [
  ['retrained', '5–9', 'retraining: the dense layer goes on, convolutions frozen'],
  ['transferred', '5–9', 'new dense layers on the frozen convolutions'],
  ['scratch', '5–9', 'everything, from scratch'],
] as const;

type FitRow = typeof BASE_ROW | (typeof RETRAINED_ROWS)[number];

/** Accuracy after the first epoch and the last, Keras's beside it, and the time of training alone. */
export function fiveFiveTable(
  outcomes: readonly FiveFiveOutcome[],
  keras: readonly KerasOutcome[],
): Table {
  const share = (values: readonly number[]) => percent(spreadOf(values));
  const rowOf = ([which, classes, trained]: FitRow) => {
    const curves = outcomes.map((outcome) => outcome[which]);
    const accuracyAt = (index: number) =>
      share(curves.map(({ epochs }) => epochs.at(index)?.validationAccuracy ?? NaN));
    return [
      classes,
      trained,
      accuracyAt(0),
      share(keras.map((outcome) => outcome[which].first)),
      accuracyAt(-1),
      share(keras.map((outcome) => outcome[which].last)),
      typicalSeconds(curves.map(({ durationMs }) => durationMs)),
    ];
  };
  const features = outcomes.map((each) => each.features);
  const extracted = [
    '5–9',
    'feature extraction: softmax on the frozen dense layer, exact',
    '',
    '',
    share(features.map(({ heldOutAccuracy }) => heldOutAccuracy)),
    '',
    typicalSeconds(features.map(({ durationMs }) => durationMs)),
  ];
  return {
    header: ['classes', 'trained', 'epoch 1', 'Keras’s', 'at the end', 'Keras’s', 'training'],
    rows: [rowOf(BASE_ROW), extracted, ...RETRAINED_ROWS.map(rowOf)],
  };
}
