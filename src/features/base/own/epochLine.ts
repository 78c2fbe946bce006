/** One point for each epoch, as far as it has come. */
export interface EpochLine {
  readonly name: string;
  /** The one to look at. */
  readonly isMarked: boolean;
  readonly points: readonly { readonly accuracy: number | null; readonly loss: number | null }[];
}
