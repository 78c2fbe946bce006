import type { FitCurve } from '../../src/domain/scratchFit.ts';
import type { FiveFiveOutcome } from './fiveFive.ts';
import type { Table } from './reproductionDoc.ts';
import { percent, spreadOf, typicalSeconds } from './statistics.ts';

/** Held-out accuracies of one fit of Keras's. */
interface KerasFit {
  readonly first: number;
  readonly last: number;
}

/** The same experiment by Keras itself on the same photos, with one seed. */
export type KerasOutcome = Readonly<Record<'base' | 'transferred' | 'scratch', KerasFit>>;

/** What the columns are, for the section's end. */
export const KERAS_REMARK =
  'Keras’s: Keras 3.15 on the same photos, layers, epochs and batches, seeds 1, 2, 3 of its own (`tools/reproduction-figures`). Training is the median of one fit; computing what the frozen layers put out is not in it, the cross-validation of the exact softmax is.';

const TRAINED = [
  ['base', '0–4', 'everything: the base'],
  ['transferred', '5–9', 'dense layers on the frozen convolutions'],
  ['scratch', '5–9', 'everything, from scratch'],
] as const;

/** Accuracy after the first epoch and the last, Keras's beside it, and the time of training alone. */
export function fiveFiveTable(
  outcomes: readonly FiveFiveOutcome[],
  keras: readonly KerasOutcome[],
): Table {
  const share = (values: readonly number[]) => percent(spreadOf(values));
  const rows = TRAINED.map(([which, classes, trained]) => {
    const curves: readonly FitCurve[] = outcomes.map((outcome) => outcome[which]);
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
  });
  const features = outcomes.map((each) => each.features);
  const extracted = [
    '5–9',
    'softmax on the frozen dense layer, exact',
    '',
    '',
    share(features.map(({ heldOutAccuracy }) => heldOutAccuracy)),
    '',
    typicalSeconds(features.map(({ durationMs }) => durationMs)),
  ];
  return {
    header: ['classes', 'trained', 'epoch 1', 'Keras’s', 'at the end', 'Keras’s', 'training'],
    rows: [...rows, extracted],
  };
}
