import { foldedAfter, foldedBefore, mergedAffine } from './affine.ts';
import { lowerLayers } from './lowerLayers.ts';
import type { Network } from './network.ts';
import {
  isFused,
  type AffineStep,
  type ConvolutionStep,
  type DenseStep,
  type Step,
} from './steps.ts';

/**
 * The network with the fewest operations that give the same answers: batch norms and rescalings
 * multiplied into the kernel before or after them, activations taken in where a backend computes both at
 * once, zero padding taken in by the convolution after it, layers that do nothing left out. The last step
 * is the output. Kernels stay where they lie: those that something was multiplied into are computed
 * at each access.
 */
export function foldNetwork(network: Network): readonly Step[] {
  const lowered = lowerLayers(network);
  const useCounts = countUses(lowered);
  const steps: Step[] = [];
  /** Step that holds the output of each lowered one. */
  const stepOf: number[] = [];
  for (const [position, unplaced] of lowered.entries()) {
    const inputs = unplaced.inputs.map((input) => stepOf[input] ?? 0);
    const step = { ...unplaced, inputs };
    const [first = 0] = inputs;
    const producer = steps[first];
    const isOnlyUse = useCounts[unplaced.inputs[0] ?? 0] === 1;
    const merged = producer !== undefined && isOnlyUse ? mergeInto(producer, step) : null;
    if (merged === null) stepOf[position] = steps.push(step) - 1;
    else {
      steps[first] = merged;
      stepOf[position] = first;
    }
  }
  return steps;
}

/** Uses of each step's output, in order. */
export function countUses(steps: readonly Pick<Step, 'inputs'>[]): number[] {
  const counts = steps.map(() => 0);
  for (const input of steps.flatMap(({ inputs }) => inputs)) {
    counts[input] = (counts[input] ?? 0) + 1;
  }
  return counts;
}

/** `producer` and `step` as one, or `null` where that would change the answer. */
function mergeInto(producer: Step, step: Step): Step | null {
  if (producer.kind === 'zero-padding2d') return mergeIntoPadding(producer, step);
  if (producer.kind === 'affine') return mergeIntoAffine(producer, step);
  if (!hasKernel(producer) || producer.activation.kind !== 'linear') return null;
  if (step.kind === 'affine') {
    return { ...foldedAfter(producer, step), activation: step.activation };
  }
  if (step.kind !== 'activation' || !isFused(step.activation)) return null;
  return { ...producer, activation: step.activation };
}

function mergeIntoPadding(
  producer: Extract<Step, { kind: 'zero-padding2d' }>,
  step: Step,
): Step | null {
  if (!isConvolution(step) || step.padding !== 'valid') return null;
  const [top, bottom, left, right] = producer.padding;
  return { ...step, inputs: producer.inputs, padding: { top, bottom, left, right } };
}

function mergeIntoAffine(affine: AffineStep, step: Step): Step | null {
  if (affine.activation.kind !== 'linear') return null;
  if (step.kind === 'affine')
    return { ...step, ...mergedAffine(affine, step), inputs: affine.inputs };
  if (step.kind === 'activation' && isFused(step.activation)) {
    return { ...affine, activation: step.activation };
  }
  if (step.kind === 'dense') return foldedBefore(affine, step);
  // Zeros beyond the border are added after the affine, and must not be shifted with the rest.
  const isExact =
    isConvolution(step) && (staysInside(step) || affine.shift.every((term) => term === 0));
  return isExact ? foldedBefore(affine, step) : null;
}

function staysInside({ padding, kernel }: ConvolutionStep): boolean {
  const [height, width] = kernel.shape;
  return padding === 'valid' || (padding === 'same' && height === 1 && width === 1);
}

function hasKernel(step: Step): step is ConvolutionStep | DenseStep {
  return isConvolution(step) || step.kind === 'dense';
}

function isConvolution(step: Step): step is ConvolutionStep {
  return step.kind === 'conv2d' || step.kind === 'depthwise-conv2d';
}
