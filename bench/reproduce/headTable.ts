import type { HeadOutcomes } from './compareHeads.ts';
import type { Table } from './reproductionDoc.ts';
import { percent, spreadOf, typicalSeconds } from './statistics.ts';

/** What others get, beside a row of the table. */
export interface Reference {
  readonly base: string;
  readonly head: string;
  readonly figure: string;
}

/** A row for each head on each base; a column of `references` where there are any. */
export function headTable(
  outcomes: readonly HeadOutcomes[],
  references: readonly Reference[],
): Table {
  const hasReferences = references.length > 0;
  const rows = outcomes.map(({ base, head, fits }) => {
    const accuracy = spreadOf(fits.map(({ heldOutAccuracy }) => heldOutAccuracy));
    const figure = references.find((each) => each.base === base.id && each.head === head)?.figure;
    return [
      base.name,
      head,
      percent(accuracy),
      typicalSeconds(fits.map(({ durationMs }) => durationMs)),
      ...(hasReferences ? [figure ?? ''] : []),
    ];
  });
  const header = ['base', 'head', 'held-out accuracy', 'training'];
  return { header: hasReferences ? [...header, 'elsewhere'] : header, rows };
}

/** Photos that were trained on and held out, as a sentence; the same for every seed and head. */
export function splitSentence(outcomes: readonly HeadOutcomes[]): string {
  const [fit] = outcomes.flatMap(({ fits }) => fits);
  return `${fit?.numTrained ?? 0} photos to train on, ${fit?.numHeldOut ?? 0} held out, class by class.`;
}
