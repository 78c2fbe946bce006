import { GraftError } from '../../domain/errors.ts';
import { asCount, asList, asRecord, asText, type JsonRecord } from '../jsonChecks.ts';

/** One operation of a TensorFlow graph; its attributes are as `model.json` has them. */
export interface GraphNode {
  readonly name: string;
  readonly op: string;
  /** Names of the nodes whose first output goes in; control inputs, which only order execution, left out. */
  readonly inputs: readonly string[];
  /** Whether it takes a later output of a node, as after a Split; what that is, is not known here. */
  readonly takesLaterOutput: boolean;
  readonly attributes: JsonRecord;
}

export interface Graph {
  /** Nodes that the output depends on and the output, by name, each after its inputs. */
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly output: GraphNode;
  /** How many inputs of other nodes each node feeds. */
  readonly useCounts: ReadonlyMap<string, number>;
}

/** Far above any network that fits a browser. */
const MAX_NODES = 10_000;
const MAX_OUTPUTS = 100;
/** Each is looked at again for every other. */
const MAX_INPUTS = 1000;

/** The graph of a TF.js graph model, see `graphOf`. Errors: base-invalid. */
export function readGraph(model: JsonRecord): Graph {
  const topology = asRecord(model['modelTopology'], 'modelTopology');
  const nodes = asList(topology['node'], 'node of modelTopology').map(readNode);
  return graphOf(nodes, outputNames(model, nodes));
}

/**
 * The graph of these nodes, without what no output needs. Of several outputs the one with the most nodes
 * before it counts: a base may be cut at any of them. Errors: base-invalid.
 */
export function graphOf(given: readonly GraphNode[], outputs: readonly string[]): Graph {
  if (given.length > MAX_NODES) {
    throw new GraftError('base-invalid', 'The model has too many nodes');
  }
  if (outputs.length > MAX_OUTPUTS) {
    throw new GraftError('base-invalid', `The model has ${outputs.length} outputs`);
  }
  for (const { name, inputs } of given) {
    if (inputs.length > MAX_INPUTS) refuse(name, 'has too many inputs');
  }
  const nodes = new Map(given.map((node) => [node.name, node]));
  const [output, ...others] = outputs.map((name) => before(nodes, name));
  const longest = others.reduce(
    (best, each) => (each.length > best.length ? each : best),
    output ?? [],
  );
  const last = longest.at(-1);
  if (last === undefined) throw new GraftError('base-invalid', 'The model has no output');
  const byName = new Map(longest.map((node) => [node.name, node]));
  return { nodes: byName, output: last, useCounts: countUses(longest) };
}

function readNode(value: unknown): GraphNode {
  const node = asRecord(value, 'A node');
  const name = asText(node['name'], 'The name of a node');
  const inputs = asList(node['input'] ?? [], `input of ${name}`)
    .map((input) => asText(input, `input of ${name}`))
    .filter((input) => !input.startsWith('^'))
    .map((input) => input.split(':'));
  return {
    name,
    op: asText(node['op'], `op of ${name}`),
    inputs: inputs.map(([source = '']) => source),
    takesLaterOutput: inputs.some(([, output = '0']) => output !== '0'),
    attributes: asRecord(node['attr'] ?? {}, `attr of ${name}`),
  };
}

function outputNames(model: JsonRecord, nodes: readonly GraphNode[]): string[] {
  const signature = asRecord(model['signature'] ?? {}, 'signature');
  const stated = Object.values(asRecord(signature['outputs'] ?? {}, 'outputs of signature'));
  if (stated.length > 0) {
    return stated.map((output) => {
      const { name } = asRecord(output, 'An output of signature');
      return asText(name, 'The name of an output').split(':')[0] ?? '';
    });
  }
  const used = new Set(nodes.flatMap(({ inputs }) => inputs));
  const ends = nodes.filter(({ name, op }) => !used.has(name) && op !== 'Const');
  return ends.map(({ name }) => name);
}

/** `output` and all that it depends on, depth first. */
function before(nodes: ReadonlyMap<string, GraphNode>, output: string): GraphNode[] {
  const ordered: GraphNode[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const path = [output];
  for (let name = path.at(-1); name !== undefined; name = path.at(-1)) {
    const node = nodes.get(name);
    if (node === undefined) refuse(name, 'is missing');
    const pending = node.inputs.find((input) => state.get(input) !== 'done');
    if (pending !== undefined && state.get(pending) === 'open')
      refuse(pending, 'depends on itself');
    if (pending !== undefined) {
      state.set(name, 'open');
      path.push(pending);
      continue;
    }
    path.pop();
    if (state.get(name) === 'done') continue;
    state.set(name, 'done');
    ordered.push(node);
  }
  return ordered;
}

function countUses(nodes: readonly GraphNode[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const input of nodes.flatMap(({ inputs }) => inputs)) {
    counts.set(input, (counts.get(input) ?? 0) + 1);
  }
  return counts;
}

function refuse(name: string, problem: string): never {
  throw new GraftError('base-invalid', `The node ${name} ${problem}`, { layer: name });
}

/** The sizes in a node's `shape` attribute without the batch, `null` where open; `null` where it has none. */
export function statedShape(node: GraphNode): (number | null)[] | null {
  return statedSizes(node)?.slice(1) ?? null;
}

/** Size of the batch that graphs for phones often fix; -1 for any. */
export function statedBatch(node: GraphNode): number {
  return statedSizes(node)?.[0] ?? -1;
}

function statedSizes({ name, attributes }: GraphNode): (number | null)[] | null {
  const attribute = asRecord(attributes['shape'] ?? {}, `shape of ${name}`);
  const shape = asRecord(attribute['shape'] ?? {}, `shape of ${name}`);
  if (shape['unknownRank'] === true || shape['dim'] === undefined) return null;
  return asList(shape['dim'], `shape of ${name}`).map((dimension) => {
    const size = Number(asRecord(dimension, `shape of ${name}`)['size'] ?? -1);
    return size === -1 ? null : asCount(size, `shape of ${name}`);
  });
}
