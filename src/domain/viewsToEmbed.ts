import { drawView, viewKey, type Augmentation, type View } from './augmentation.ts';
import { averagedViews, type Averaging } from './averaging.ts';
import type { Sha256 } from './ids.ts';

/** Views of photos that are embedded as they are too: augmented ones, or those that are averaged over. */
export type ViewsToEmbed = { readonly imageHashes: readonly Sha256[] } & (
  { readonly augmentation: Augmentation } | { readonly averaging: Averaging }
);

/** One view of every photo. */
interface ViewToEmbed {
  readonly key: `view ${string}`;
  readonly viewOf: (imageHash: Sha256) => View;
}

/** The views of each photo, in their order. */
export function listViews(views: ViewsToEmbed): readonly ViewToEmbed[] {
  if ('averaging' in views) {
    return averagedViews(views.averaging).map(({ key, view }) => ({ key, viewOf: () => view }));
  }
  const { augmentation } = views;
  return Array.from({ length: augmentation.numViews }, (_, index) => ({
    key: viewKey(augmentation, index),
    viewOf: (imageHash) => drawView(augmentation, imageHash, index),
  }));
}
