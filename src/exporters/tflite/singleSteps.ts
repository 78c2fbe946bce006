import type { Step, StepActivation } from '../../network/steps.ts';

const NATIVE: readonly StepActivation['kind'][] = ['linear', 'relu', 'relu6'];
const LINEAR = { kind: 'linear' } as const;

/**
 * The same network in steps of one operation each, as TensorFlow Lite has them: activations that it does
 * not compute along with a kernel on their own, sums and products of two. What each step gives is then
 * one tensor of the file, whose range can be measured.
 */
export function singleSteps(steps: readonly Step[]): readonly Step[] {
  const singles: Step[] = [];
  const add = (step: Step) => singles.push(step) - 1;
  /** Single step that holds the output of each given one. */
  const outputOf: number[] = [];
  for (const given of steps) {
    const inputs = given.inputs.map((input) => outputOf[input] ?? 0);
    outputOf.push(addSingles(add, { ...given, inputs }));
  }
  return singles;
}

function addSingles(add: (step: Step) => number, step: Step): number {
  if (step.kind === 'add' || step.kind === 'multiply') {
    const [first = 0, ...others] = step.inputs;
    return others.reduce((joined, other) => add({ ...step, inputs: [joined, other] }), first);
  }
  if (step.kind === 'activation' || !('activation' in step) || isNative(step.activation)) {
    return add(step);
  }
  const kernel = add({ ...step, activation: LINEAR });
  return add({ kind: 'activation', inputs: [kernel], activation: step.activation });
}

function isNative({ kind }: StepActivation): boolean {
  return NATIVE.includes(kind);
}
