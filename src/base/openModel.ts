import type { OpenedModel } from '../bridge/modelMethods.ts';
import { GraftError } from '../domain/errors.ts';
import { PREPROCESSING_VERSION, type PixelRange } from '../domain/preprocessing.ts';
import { openBaseOrHead } from '../engine/openFiles.ts';
import { graphHash } from '../network/graphHash.ts';
import { isHead } from '../network/openNetwork.ts';
import { poolingOf } from '../network/pooling.ts';
import type { OpenedNetwork } from '../network/openedNetwork.ts';
import { bareNetworks } from '../network/inputRange.ts';
import { splitClassifier, type SplitClassifier } from '../network/splitClassifier.ts';
import { findKnownBase, SAME_FOLDED, SAME_LAYERS, type KnownPart } from './findKnownBase.ts';
import { nameOfFiles } from './baseFromFiles.ts';
import { storeImported } from './importBase.ts';
import type { Services } from './services.ts';

type ModelParts = Pick<OpenedModel, 'base' | 'cut' | 'head'> & { readonly range: PixelRange };

/** See `bridge/modelMethods`. */
export async function openModel(
  services: Services,
  { files }: { readonly files: readonly File[] },
): Promise<OpenedModel> {
  const named = files.map((file) => ({ name: file.name, blob: file }));
  const opened = await openBaseOrHead(named);
  if (isHead(opened)) return (await import('./openHead.ts')).openHead(services, opened);
  if (!('network' in opened) || opened.classifier === undefined) {
    throw refusal(named, 'does not name its classes');
  }
  const { whole, describe } = opened.classifier;
  const splits = splitClassifier(whole);
  const largest = splits.at(-1);
  if (largest === undefined) throw refusal(named, 'does not end in a dense softmax');
  const { name, framing, classNames } = describe();
  const store = async () => {
    const cut = cutOf(opened, largest);
    if (cut === null) throw refusal(named, 'has layers in its head that cannot be trained');
    const baseName = name ?? nameOfFiles(named.map((file) => file.name));
    const origin = { name: baseName, addresses: [], source: null };
    const { base } = await storeImported(services, named, origin);
    return { base, cut, head: largest.head, range: opened.pixelRange ?? base.pixelRange };
  };
  const { base, cut, head, range } = (await findKnown(services, splits, opened)) ?? (await store());
  const [input] = whole.layers;
  const [height, width] = input?.kind === 'input' ? input.shape : [];
  return {
    base,
    cut,
    head,
    preprocessing: {
      version: PREPROCESSING_VERSION,
      inputHeight: height ?? base.inputHeight,
      inputWidth: width ?? base.inputWidth,
      framing,
      ...range,
    },
    classNames,
    name,
  };
}

/** A base at hand that the model was built on, with the smallest head that is left then. */
async function findKnown(
  services: Services,
  splits: readonly SplitClassifier[],
  opened: OpenedNetwork,
): Promise<ModelParts | null> {
  for (const sameness of [SAME_LAYERS, SAME_FOLDED]) {
    for (const { rows, head } of splits) {
      for (const { network, range } of bareNetworks(rows, opened.pixelRange)) {
        const known = await findKnownBase(services, network, sameness);
        if (known === null) continue;
        if (await isWholeModel(known, opened)) return null;
        return { ...known, head, range: exactRange(known, range ?? known.base.pixelRange) };
      }
    }
  }
  return null;
}

/** Whether the base is this model from an earlier opening: with its head, whose layers are to be trained. */
async function isWholeModel({ base }: KnownPart, { network, classifier }: OpenedNetwork) {
  return network === classifier?.whole && (await graphHash(network)) === base.graphHash;
}

/** The base's own numbers where the export's are the same but for rounding to float32. */
function exactRange({ base }: KnownPart, range: PixelRange): PixelRange {
  const isClose = (key: 'scale' | 'offset') =>
    [0, 1, 2].every((i) => {
      const [own, other] = [base.pixelRange[key], range[key]];
      const difference = (own[i] ?? own[0] ?? 0) - (other[i] ?? other[0] ?? 0);
      return (
        Math.abs(difference) <= 1e-5 * Math.max(1, Math.abs(own[i] ?? own[0] ?? 0)) * ROOM[key]
      );
    });
  const isSame = base.pixelRange.channelOrder === range.channelOrder;
  return isSame && isClose('scale') && isClose('offset') ? base.pixelRange : range;
}

/** A scale is multiplied by up to 255. */
const ROOM = { scale: 1 / 255, offset: 1 };

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

function refusal(files: readonly { readonly name: string }[], problem: string): GraftError {
  const file = files[0]?.name ?? '';
  return new GraftError('no-classifier', `The model in ${file} ${problem}`, { file });
}
