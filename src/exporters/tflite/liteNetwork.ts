import type { Step } from '../../network/steps.ts';
import { addStep } from './addStep.ts';
import { LiteGraphWriter, type LiteGraph } from './liteGraph.ts';

/** A graph and the tensor that holds each step's output. */
export interface LiteNetwork {
  readonly graph: LiteGraph;
  readonly tensorOf: readonly number[];
}

/** The steps, of `singleSteps`, as a graph of float32 for an input of `inputShape` without the batch. */
export function liteNetwork(steps: readonly Step[], inputShape: readonly number[]): LiteNetwork {
  const writer = new LiteGraphWriter();
  const input = writer.value([1, ...inputShape], 'input');
  const tensorOf: number[] = [];
  for (const step of steps) {
    const inputs = step.inputs.map((position) => tensorOf[position] ?? input);
    tensorOf.push(step.kind === 'input' ? input : addStep(writer, step, inputs));
  }
  const { tensors, operators } = writer;
  return { graph: { tensors, operators, input, output: tensorOf.at(-1) ?? input }, tensorOf };
}
