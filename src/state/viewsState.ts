import type { View } from '../domain/augmentation.ts';
import type { Sha256 } from '../domain/ids.ts';

/** Augmented views of the open project's photos, before they are trained on. */
export interface ViewsSlice {
  /** Those that training would compute; `null` where the base is not at hand. */
  readonly countMissingViews: () => Promise<number | null>;
  /** JPEGs of a photo's views as the base sees them; none where its picture is gone. */
  readonly previewViews: (hash: Sha256, views: readonly View[]) => Promise<readonly Blob[]>;
}
