import type { Cut } from '../domain/cut.ts';
import { GraftError } from '../domain/errors.ts';
import type { HeadId } from '../domain/ids.ts';
import { numInputChannels, type PreprocessingSpec } from '../domain/preprocessing.ts';
import { classifierNetwork } from '../network/compose.ts';
import { withTuned } from '../network/tunedNetwork.ts';
import type { Database } from '../storage/database.ts';
import { getHead } from '../storage/heads.ts';
import { createCutPlan } from '../engine/cutPlan.ts';
import type { LoadedBase } from '../engine/openBase.ts';
import type { BaseLoader } from './loadedBase.ts';
import type { RunnableNetwork } from './networkRunner.ts';

/** A head with the base under it: everything that turns a photo into probabilities. */
interface LoadedHead {
  readonly loaded: LoadedBase;
  readonly cut: Cut;
  readonly runnable: RunnableNetwork;
  readonly preprocessing: PreprocessingSpec;
}

export type HeadLoader = (id: HeadId) => Promise<LoadedHead>;

/**
 * Loads a stored head; the last one is kept, since live prediction asks for it with every frame.
 * Errors of the loader: not-found, base-hash-mismatch, and those of the base loader.
 */
export function createHeadLoader(database: Database, loadBase: BaseLoader): HeadLoader {
  let last: { readonly id: HeadId; readonly head: Promise<LoadedHead> } | null = null;
  return (id) => {
    if (last?.id === id) return last.head;
    const head = loadHead(database, loadBase, id);
    last = { id, head };
    head.catch(() => {
      if (last?.id === id) last = null;
    });
    return head;
  };
}

async function loadHead(database: Database, loadBase: BaseLoader, id: HeadId): Promise<LoadedHead> {
  const { classifier, weights, tuned } = await getHead(database, id);
  const loaded = await loadBase(classifier.baseId);
  if (classifier.graphHash !== loaded.base.graphHash) {
    const message = `The head was trained on another version of ${loaded.base.name}`;
    throw new GraftError('base-hash-mismatch', message, { base: loaded.base.name });
  }
  const { cut, preprocessing } = classifier;
  const { inputHeight, inputWidth } = preprocessing;
  const inputShape = [inputHeight, inputWidth, numInputChannels(preprocessing)];
  return {
    loaded,
    cut,
    runnable: {
      key: `head ${id}`,
      createPlan: () =>
        createCutPlan(loaded.network, cut, inputShape, (network, networkCut) =>
          classifierNetwork({ network: withTuned(network, tuned), cut: networkCut, head: weights }),
        ),
    },
    preprocessing,
  };
}
