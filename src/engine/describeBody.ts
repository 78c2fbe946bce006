import * as tf from '@tensorflow/tfjs-core';
import type { BaseSummary, LayerSummary, OwnClasses, SuggestedCut } from '../domain/baseSummary.ts';
import { GraftError } from '../domain/errors.ts';
import { readGraph } from '../network/graphModel/graphNodes.ts';
import { parseJson } from '../network/jsonChecks.ts';
import type { OpaqueGraph } from '../network/opaqueGraph.ts';
import { classesAt } from '../network/ownClasses.ts';
import { describeNetwork } from '../network/summary.ts';
import { readTfjsWeights } from '../network/tfjsWeights.ts';
import { isOpaque, type BaseBody } from './baseBody.ts';
import { loadGraph } from './opaqueGraphPlan.ts';

/**
 * Layers and sensible cuts of a base for an input of `inputShape`, [height, width, channels]. An opaque
 * graph is run once for it, on the backend that is active. Errors: base-invalid.
 */
export async function describeBody(
  body: BaseBody,
  inputShape: readonly number[],
): Promise<BaseSummary> {
  if (!isOpaque(body)) return describeNetwork(body, inputShape);
  const shapes = await measureShapes(body, inputShape);
  const ownClasses = ownClassesOf(body, shapes);
  return {
    layers: describeNodes(body, shapes),
    suggestedCuts: await suggestNodes(body, shapes),
    ...(ownClasses === undefined ? {} : { ownClasses }),
  };
}

/** Shape of each node's output without the batch; `null` for what is no output per photo. */
async function measureShapes(
  graph: OpaqueGraph,
  inputShape: readonly number[],
): Promise<readonly (readonly number[] | null)[]> {
  const model = await loadGraph(graph);
  const input = tf.zeros([1, ...inputShape]);
  try {
    const names = graph.nodes.map(({ name }) => name);
    const outputs = [await model.executeAsync(input, names)].flat();
    const shapes = outputs.map(({ shape: [batch, ...rest] }) => (batch === 1 ? rest : null));
    tf.dispose(outputs);
    return shapes;
  } catch (thrown) {
    throw new GraftError('base-invalid', `The graph cannot be run: ${String(thrown)}`);
  } finally {
    input.dispose();
    model.dispose();
  }
}

function describeNodes(
  graph: OpaqueGraph,
  shapes: readonly (readonly number[] | null)[],
): readonly LayerSummary[] {
  const model = parseJson(graph.modelJson, 'model.json');
  const constants = readTfjsWeights(model, graph.weights);
  const { nodes } = readGraph(model);
  const positions = new Map(graph.nodes.map(({ name }, position) => [name, position]));
  return graph.nodes.map(({ name, op }, position) => {
    const sources = nodes.get(name)?.inputs ?? [];
    return {
      position,
      name,
      kind: op,
      outputShape: shapes[position] ?? [],
      numParameters: sources
        .map((source) => constants.get(source)?.shape.reduce((n, size) => n * size, 1) ?? 0)
        .reduce((sum, count) => sum + count, 0),
      inputs: sources.flatMap((source) => positions.get(source) ?? []),
    };
  });
}

/** Those of a softmax at the end. Other values may be logits or anything, which a graph does not say. */
function ownClassesOf(
  { nodes }: OpaqueGraph,
  shapes: readonly (readonly number[] | null)[],
): OwnClasses | undefined {
  const last = nodes.findLastIndex(({ op }) => !['Identity', 'Reshape', 'Squeeze'].includes(op));
  return nodes[last]?.op === 'Softmax' ? classesAt(last, shapes[last], false) : undefined;
}

/**
 * The last picture before the largest head that the graph ends in and the last row before the smallest, or
 * those of the whole graph where it ends in none; what other operations are for is not known.
 */
async function suggestNodes(
  graph: OpaqueGraph,
  shapes: readonly (readonly number[] | null)[],
): Promise<readonly SuggestedCut[]> {
  const { nodes } = graph;
  const { splitOpaque } = await import('../network/graphModel/splitOpaque.ts');
  const splits = await splitOpaque(
    graph,
    shapes.map((shape) => shape ?? []),
  );
  const [rowEnd = nodes.length, pictureEnd = nodes.length] = [splits[0], splits.at(-1)].map(
    (split) => split?.cut.positions[0],
  );
  const picture = shapes.findLastIndex(
    (shape, position) => shape?.length === 3 && position <= pictureEnd,
  );
  // A row of class probabilities says less than what they were made from.
  const isAnswer = (position: number) => nodes[position]?.op === 'Softmax';
  const row = shapes.findLastIndex(
    (shape, position) => shape?.length === 1 && position <= rowEnd && !isAnswer(position),
  );
  const candidates = [
    { position: picture, reason: 'last-picture', pooling: 'global-average' },
    { position: row, reason: 'row', pooling: 'none' },
  ] as const;
  const found = candidates.filter(({ position }) => position >= 0);
  if (found.length > 0) {
    return found.map(({ position, reason, pooling }, index) => ({
      cut: { positions: [position], pooling },
      reason,
      isDefault: index === 0,
    }));
  }
  throw new GraftError('base-invalid', 'The graph gives neither a picture nor a row for a photo');
}
