import type { OpenedModel } from '../bridge/modelMethods.ts';
import { PREPROCESSING_VERSION } from '../domain/preprocessing.ts';
import { openBaseOrHead, type NamedBlob } from '../engine/openFiles.ts';
import { graphHash } from '../network/graphHash.ts';
import { isHead } from '../network/openNetwork.ts';
import { poolingOf } from '../network/pooling.ts';
import type { OpenedNetwork } from '../network/openedNetwork.ts';
import { bareNetworks } from '../network/inputRange.ts';
import { splitClassifier, type SplitClassifier } from '../network/splitClassifier.ts';
import { findKnownBase, SAME_FOLDED, SAME_LAYERS, type KnownPart } from './findKnownBase.ts';
import { exactRange } from './exactRange.ts';
import { noClassifier, type DescribedModel, type ModelParts } from './modelParts.ts';
import { storeModel } from './storeModel.ts';
import type { Services } from './services.ts';

/** See `bridge/modelMethods`. */
export async function openModel(
  services: Services,
  { files }: { readonly files: readonly File[] },
): Promise<OpenedModel> {
  const named = files.map((file) => ({ name: file.name, blob: file }));
  const opened = await openBaseOrHead(named);
  if (isHead(opened)) return (await import('./openHead.ts')).openHead(services, opened);
  const open =
    'network' in opened
      ? openLayers(services, named, opened)
      : (await import('./openOpaque.ts')).openOpaque(services, named, opened);
  const { base, cut, head, range, framing, inputSides, classNames, name } = await open;
  return {
    base,
    cut,
    head,
    preprocessing: {
      version: PREPROCESSING_VERSION,
      inputHeight: inputSides[0] ?? base.inputHeight,
      inputWidth: inputSides[1] ?? base.inputWidth,
      framing,
      ...range,
    },
    classNames,
    name,
  };
}

async function openLayers(
  services: Services,
  named: readonly NamedBlob[],
  opened: OpenedNetwork,
): Promise<DescribedModel> {
  if (opened.classifier === undefined) throw noClassifier(named, 'does not name its classes');
  const { whole, describe } = opened.classifier;
  const splits = splitClassifier(whole);
  const largest = splits.at(-1);
  if (largest === undefined) throw noClassifier(named, 'does not end in a dense softmax');
  const description = describe();
  const store = async (): Promise<ModelParts> => {
    const cut = cutOf(opened, largest);
    if (cut === null) throw noClassifier(named, 'has layers in its head that cannot be trained');
    const { base } = await storeModel(services, named, description);
    return { base, cut, head: largest.head, range: opened.pixelRange ?? base.pixelRange };
  };
  const parts = (await findKnown(services, splits, opened)) ?? (await store());
  const [input] = whole.layers;
  const inputSides = input?.kind === 'input' ? input.shape.slice(0, 2) : [];
  return { ...parts, ...description, inputSides };
}

/** A base at hand that the model was built on, with the smallest head that is left then. */
async function findKnown(
  services: Services,
  splits: readonly SplitClassifier[],
  opened: OpenedNetwork,
): Promise<ModelParts | null> {
  for (const sameness of [SAME_LAYERS, SAME_FOLDED]) {
    for (const split of splits) {
      for (const { network, range } of bareNetworks(split.rows, opened.pixelRange)) {
        const known = await findKnownBase(services, network, sameness);
        if (known === null) continue;
        if (await isWholeModel(known, opened)) return null;
        const { head } = split;
        return { ...known, head, range: exactRange(known.base, range ?? known.base.pixelRange) };
      }
    }
  }
  return null;
}

/** Whether the base is this model from an earlier opening: with its head, whose layers are to be trained. */
async function isWholeModel({ base }: KnownPart, { network, classifier }: OpenedNetwork) {
  return network === classifier?.whole && (await graphHash(network)) === base.graphHash;
}

/**
 * Where this head begins in the loader's base, pooled where a pooling comes last; `null` where that is not
 * in it. Rows are the beginning of the model's layers, and so is the base, which may end earlier.
 */
function cutOf({ network }: OpenedNetwork, { rows }: SplitClassifier): OpenedModel['cut'] | null {
  const last = rows.layers.length - 1;
  const pooling = poolingOf(rows.layers[last]);
  if (pooling !== null && last <= network.layers.length) return { positions: [last - 1], pooling };
  return last < network.layers.length ? { positions: [last], pooling: 'none' } : null;
}
