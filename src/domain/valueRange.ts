/** Smallest and largest of some values. */
export interface ValueRange {
  readonly min: number;
  readonly max: number;
}
