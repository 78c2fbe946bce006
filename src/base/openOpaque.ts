import { hashBody, isOpaque } from '../engine/baseBody.ts';
import type { NamedBlob } from '../engine/openFiles.ts';
import { readOpaque } from '../network/graphModel/readOpaque.ts';
import { hasBaseInIt, rangeAtBase } from '../network/graphModel/sameGraph.ts';
import { splitOpaque, type SplitOpaque } from '../network/graphModel/splitOpaque.ts';
import type { OpenedGraph } from '../network/openedNetwork.ts';
import { pictureShapeOf } from './baseFromFiles.ts';
import { listBasesAtHand } from './basesAtHand.ts';
import { describeOn } from './describeBase.ts';
import { exactRange } from './exactRange.ts';
import { noClassifier, type DescribedModel, type ModelParts } from './modelParts.ts';
import type { Services } from './services.ts';
import { storeModel } from './storeModel.ts';

/** A model whose graph runs as it is: base, cut and head. It is run once, for the shapes in it. */
export async function openOpaque(
  services: Services,
  named: readonly NamedBlob[],
  opened: OpenedGraph,
): Promise<DescribedModel> {
  const inputShape = pictureShapeOf(opened);
  const summary = await describeOn(services.runner)(opened, inputShape);
  const shapes = summary.layers.map(({ outputShape }) => outputShape);
  const splits = await splitOpaque(opened, shapes);
  const largest = splits.at(-1);
  if (largest === undefined) throw noClassifier(named, 'does not end in a dense softmax');
  const { head, cut } = largest;
  const description = opened.describe(head.bias.length);
  const store = async (): Promise<ModelParts> => {
    const describe = () => Promise.resolve(summary);
    const { base } = await storeModel(services, named, description, describe);
    return { base, cut, head, range: opened.pixelRange ?? base.pixelRange };
  };
  const parts = (await findKnown(services, splits, opened)) ?? (await store());
  return { ...parts, ...description, inputSides: inputShape.slice(0, 2) };
}

/** A base at hand whose graph is in the model's up to where it is cut, with the smallest head that is left then. */
async function findKnown(
  { database, loadBase }: Services,
  splits: readonly SplitOpaque[],
  opened: OpenedGraph,
): Promise<ModelParts | null> {
  const whole = readOpaque(opened);
  for (const { id, isOpaque: isGraph } of await listBasesAtHand(database)) {
    // One that cannot be opened just now is none that could be trained on.
    const loaded = isGraph ? await loadBase(id).catch(() => null) : null;
    if (loaded === null || !isOpaque(loaded.network)) continue;
    const { base, network } = loaded;
    const parts = readOpaque(network);
    const split = splits.find(({ cutNode }) => hasBaseInIt(whole, parts, cutNode));
    // This model from an earlier opening is cut where its largest head begins.
    if (split === undefined || base.graphHash === (await hashBody(opened))) continue;
    const range =
      opened.pixelRange === null ? base.pixelRange : rangeAtBase(whole, parts, opened.pixelRange);
    if (range === null) continue;
    const position = network.nodes.findIndex(({ name }) => name === split.cutNode);
    const cut = { ...split.cut, positions: [position] };
    return { base, cut, head: split.head, range: exactRange(base, range) };
  }
  return null;
}
