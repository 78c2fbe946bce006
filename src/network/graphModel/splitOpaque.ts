import { CUT_POOLINGS, type Cut, type CutPooling } from '../../domain/cut.ts';
import { GraftError } from '../../domain/errors.ts';
import { pooledNetwork } from '../compose.ts';
import { graphHash } from '../graphHash.ts';
import type { LayerShape } from '../layerShape.ts';
import type { Network } from '../network.ts';
import type { OpaqueGraph } from '../opaqueGraph.ts';
import { splitClassifier, type SplitClassifier } from '../splitClassifier.ts';
import { graphOf, type Graph, type GraphNode } from './graphNodes.ts';
import { mapGraph } from './mapGraph.ts';
import { inputNode, readOpaque, type OpaqueParts } from './readOpaque.ts';

/** A graph that runs as it is, in two: up to a cut, and the dense layers behind that. */
export interface SplitOpaque extends Pick<SplitClassifier, 'head'> {
  /** Of the graph's nodes. */
  readonly cut: Cut;
  readonly cutNode: string;
}

/** Pooling and a head take far fewer. */
const MAX_TAIL_NODES = 100;

/**
 * Every node of the graph where it can be cut so that nothing but a pooling and a head is behind it, the
 * smallest head first. Only what is behind has to be something that layers can say. Empty where it does
 * not end in a dense softmax. `shapes` are those of the nodes' outputs without the batch.
 * Errors: base-invalid.
 */
export async function splitOpaque(
  graph: OpaqueGraph,
  shapes: readonly LayerShape[],
): Promise<readonly SplitOpaque[]> {
  const parts = readOpaque(graph);
  const splits: SplitOpaque[] = [];
  for (const [position, { name }] of [...graph.nodes.entries()].reverse()) {
    const tail = mapBehind(parts, name, shapes[position] ?? []);
    const split = tail === null ? undefined : splitClassifier(tail).at(-1);
    if (split === undefined) continue;
    const pooling = await poolingOf(split.rows);
    if (pooling === null) continue;
    const cut = { positions: [position], pooling };
    splits.push({
      cut,
      cutNode: name,
      get head() {
        return split.head;
      },
    });
  }
  return splits;
}

/** What is behind a node as layers, the node's output their input; `null` where layers cannot say it. */
function mapBehind(
  { graph, constants }: OpaqueParts,
  name: string,
  shape: LayerShape,
): Network | null {
  const tail = shape.length === 1 || shape.length === 3 ? nodesBehind(graph, name) : null;
  if (tail === null) return null;
  try {
    return mapGraph(graphOf([inputNode(name, shape), ...tail], [graph.output.name]), constants);
  } catch (thrown) {
    if (thrown instanceof GraftError) return null;
    throw thrown;
  }
}

/** Nodes that the output needs besides the one called `name`; `null` where a picture gets by it. */
function nodesBehind({ nodes, output }: Graph, name: string): readonly GraphNode[] | null {
  const behind = new Set<GraphNode>();
  const pending = [output.name];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const node = nodes.get(next);
    if (next === name || node === undefined || behind.has(node)) continue;
    if (node.op === 'Placeholder' || behind.size === MAX_TAIL_NODES) return null;
    behind.add(node);
    pending.push(...node.inputs);
  }
  return [...behind];
}

/** The pooling that rows are made by right behind their input; `null` where there is more to them. */
async function poolingOf(rows: Network): Promise<CutPooling | null> {
  const found = await graphHash(rows);
  const input = { layers: rows.layers.slice(0, 1) };
  for (const pooling of CUT_POOLINGS) {
    const pooled = pooledNetwork(input, { positions: [0], pooling });
    if ((await graphHash(pooled)) === found) return pooling;
  }
  return null;
}
