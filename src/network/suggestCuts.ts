import type { CutReason, SuggestedCut } from '../domain/baseSummary.ts';
import { inferShapes } from './inferShapes.ts';
import type { LayerShape } from './layerShape.ts';
import type { Layer, Network } from './network.ts';
import { HANDS_ON } from './ownClasses.ts';

/** Blocks whose output is larger than this share of the input's side know edges and little more. */
const MAX_SIDE_SHARE = 1 / 16;

/** Layers that change nothing that a head could learn from. */
const NEVER_CUT: readonly Layer['kind'][] = [
  'input',
  'zero-padding2d',
  'dropout',
  'flatten',
  'reshape',
  // The same values as the average of the picture before it.
  'global-average-pooling2d',
  'global-max-pooling2d',
];

/** Between a classifier's weights and the probabilities, or between the body and those weights. */
const WEIGHTLESS: readonly Layer['kind'][] = [
  'activation',
  'average-pooling2d',
  'dropout',
  'flatten',
  'global-average-pooling2d',
  'global-max-pooling2d',
  'reshape',
];

interface Candidate {
  readonly position: number;
  readonly reason: CutReason;
}

/**
 * Cuts that are worth trying, in the order of the layers: the output of each block from a sixteenth of
 * the input's size on (its pooling where it ends in one, as VGG's blocks do), the last picture, and the
 * rows between there and the classifier. Only layers that everything after them depends on.
 * The default is the last row, where the network has any before its classifier, else the last picture's
 * average. Errors: base-invalid where a layer's input does not fit.
 */
export function suggestCuts(
  network: Network,
  inputShape: readonly number[],
): readonly SuggestedCut[] {
  const shapes = inferShapes(network, inputShape);
  const end = bodyEnd(network);
  const necks = bottlenecks(network).filter(
    (position) => position <= end && !NEVER_CUT.includes(network.layers[position]?.kind ?? 'input'),
  );
  const pictures = lastOfEachSize(network, shapes, necks);
  const rows = necks.filter(
    (position) => isRowBeforeWeights(network, necks, position) && isRow(shapes[position]),
  );
  const last = pictures.at(-1);
  const maxSide = (inputShape[0] ?? 0) * MAX_SIDE_SHARE;
  const candidates: Candidate[] = [
    ...pictures
      .filter((position) => position === last || (shapes[position]?.[0] ?? 0) <= maxSide)
      .map((position) => ({
        position,
        reason: position === last ? ('last-picture' as const) : ('block-end' as const),
      })),
    ...rows.map((position) => ({ position, reason: 'row' as const })),
  ];
  // A network of nothing that is known to transfer is still cut somewhere.
  const found = candidates.length > 0 ? candidates : [{ position: end, reason: 'row' as const }];
  return found.map(({ position, reason }, index) => ({
    cut: {
      positions: [position],
      pooling: isRow(shapes[position]) ? 'none' : 'global-average',
    },
    reason,
    isDefault: index === found.length - 1,
  }));
}

function isRow(shape: LayerShape | undefined): boolean {
  return shape?.length === 1;
}

/** Position of the last layer before the classifier; of the output where there is no classifier. */
function bodyEnd({ layers }: Network): number {
  const output = layers.length - 1;
  let position = output;
  while (isKind(layers[position], WEIGHTLESS)) position = layers[position]?.inputs[0] ?? 0;
  const classifier = layers[position];
  const weighs = classifier?.kind === 'dense' || classifier?.kind === 'conv2d';
  if (!weighs || !endsInProbabilities(layers, position)) return output;
  let before = classifier.inputs[0] ?? 0;
  while (layers[before]?.kind === 'dropout') before = layers[before]?.inputs[0] ?? 0;
  return before;
}

/** Whether the weights at `position` lead to probabilities, or are themselves the last that change a value, as logits are. */
function endsInProbabilities(layers: readonly Layer[], position: number): boolean {
  const activationOf = (layer: Layer | undefined) =>
    layer !== undefined && 'activation' in layer ? layer.activation : 'linear';
  let end = layers.length - 1;
  while (isKind(layers[end], HANDS_ON)) end = layers[end]?.inputs[0] ?? 0;
  const last = layers[end];
  const isProbability = ['softmax', 'sigmoid'].includes(activationOf(last));
  const isLogits = last?.kind === 'dense' && position === end;
  return isProbability || (isLogits && activationOf(last) === 'linear');
}

/** Positions of the layers past which nothing from further up is used. */
function bottlenecks({ layers }: Network): readonly number[] {
  let earliestUsed = Infinity;
  const found: number[] = [];
  for (const [position, { inputs }] of [...layers.entries()].reverse()) {
    if (earliestUsed >= position) found.push(position);
    earliestUsed = Math.min(earliestUsed, ...inputs);
  }
  return found.reverse();
}

/** The last of the pictures of each size; where a pooling ends a block, the pooling. */
function lastOfEachSize(
  network: Network,
  shapes: readonly LayerShape[],
  necks: readonly number[],
): readonly number[] {
  const pictures = necks.filter((position) => shapes[position]?.length === 3);
  const ends = pictures.filter((position, index) => {
    const next = pictures[index + 1];
    return next === undefined || shapes[next]?.[0] !== shapes[position]?.[0];
  });
  const withPoolings = ends.map((position) => {
    const next = network.layers[position + 1];
    const isPooled =
      isKind(next, ['max-pooling2d', 'average-pooling2d']) && next?.inputs[0] === position;
    return isPooled && necks.includes(position + 1) ? position + 1 : position;
  });
  return [...new Set(withPoolings)];
}

/** Whether a row is complete: the next thing that happens to it is to be weighed, or nothing. */
function isRowBeforeWeights(
  { layers }: Network,
  necks: readonly number[],
  position: number,
): boolean {
  const next = necks.find((other) => other > position);
  return next === undefined || layers[next]?.kind === 'dense';
}

function isKind(layer: Layer | undefined, kinds: readonly Layer['kind'][]): boolean {
  return layer !== undefined && kinds.includes(layer.kind);
}
