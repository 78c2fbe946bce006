import type { ExactConfig, Scaling } from '../../domain/headConfig.ts';
import type { ColumnStatistics } from '../standardise.ts';
import { columnFactors, type ColumnFactors } from './columnFactors.ts';

/** Settings of one scaling, strongest penalty first. */
export interface SearchPath extends ColumnFactors {
  readonly scaling: Scaling;
  readonly strengths: readonly number[];
}

/** `none` is not among them: centring changes no optimum. */
const SEARCHED: readonly Scaling[] = ['standardised', 'centred'];
/** For activations with a mean squared length of 1, which makes them fit any base. */
const STRENGTHS = [3e-3, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 3e-6];
/** Where there are too few photos to compare by. */
const USUAL_STRENGTH = 3e-5;

/** What the configuration leaves open; `isComparable`: whether there is anything to choose by. */
export function searchPaths(
  { scaling, l2 }: ExactConfig,
  statistics: ColumnStatistics,
  isComparable: boolean,
): readonly SearchPath[] {
  const searched = isComparable ? SEARCHED : SEARCHED.slice(0, 1);
  return (scaling === 'auto' ? searched : [scaling]).map((each) => {
    const columns = columnFactors(each, statistics);
    const unit = columns.l2Unit * columns.factors.length;
    // Two digits are enough, and can be typed again.
    const strengths = (isComparable ? STRENGTHS : [USUAL_STRENGTH]).map((strength) =>
      Number((strength * unit).toPrecision(2)),
    );
    return { scaling: each, ...columns, strengths: l2 === null ? strengths : [l2] };
  });
}
