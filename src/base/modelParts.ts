import type { OpenedModel } from '../bridge/modelMethods.ts';
import { GraftError } from '../domain/errors.ts';
import type { PixelRange } from '../domain/preprocessing.ts';
import type { ClassifierDescription } from '../network/openedNetwork.ts';

/** What a model that is opened is made of. */
export interface ModelParts extends Pick<OpenedModel, 'base' | 'cut' | 'head'> {
  readonly range: PixelRange;
}

export interface DescribedModel extends ModelParts, ClassifierDescription {
  /** [height, width] of its pictures; `null` where any size will do. */
  readonly inputSides: readonly (number | null)[];
}

export function noClassifier(
  files: readonly { readonly name: string }[],
  problem: string,
): GraftError {
  const file = files[0]?.name ?? '';
  return new GraftError('no-classifier', `The model in ${file} ${problem}`, { file });
}
