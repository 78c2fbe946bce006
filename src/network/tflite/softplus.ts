import type { GraphNode } from '../graphModel/graphNodes.ts';
import type { LiteCall } from './liteCall.ts';

/**
 * Of the last sum in relu(x) + log(1 + exp(x − 2 · relu(x))), as softplus is put together where there is no
 * operator for it, the name of x; of any other sum `null`. The nodes of the parts are then not needed.
 */
export function softplusInput(call: LiteCall): string | null {
  const { graph } = call;
  const feeding = (node: GraphNode | undefined, index: number) =>
    graph.node(node?.inputs[index] ?? '');
  const holds = (node: GraphNode | undefined, index: number, value: number) => {
    const constant = graph.constants.get(node?.inputs[index] ?? '');
    return constant?.shape.join() === '1' && constant.values[0] === value;
  };
  const [relu, log] = [graph.node(call.source(0)), graph.node(call.source(1))];
  const sum = feeding(log, 0);
  const power = feeding(sum, 0);
  const negative = feeding(power, 0);
  const twice = feeding(negative, 1);
  const operations = [relu, log, sum, power, negative, twice].map((node) => node?.op);
  if (operations.join() !== 'Relu,Log,AddV2,Exp,AddV2,Mul') return null;
  const [x = ''] = relu?.inputs ?? [];
  const isSame = negative?.inputs[0] === x && twice?.inputs[0] === relu?.name;
  return isSame && holds(sum, 1, 1) && holds(twice, 1, -2) ? x : null;
}
