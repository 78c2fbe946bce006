import { preprocessingFor, type BaseModel } from '../domain/baseModel.ts';
import { cutKey, type Cut } from '../domain/cut.ts';
import { numInputChannels, type PreprocessingSpec } from '../domain/preprocessing.ts';
import { createCutPlan } from '../engine/cutPlan.ts';
import type { LoadedBase } from '../engine/openBase.ts';
import { pooledNetwork } from '../network/compose.ts';
import type { RunnableNetwork } from './networkRunner.ts';

/** The base up to a cut, pooled: what turns photos into activations. */
export function baseRunnable({ base, network }: LoadedBase, cut: Cut): RunnableNetwork {
  return {
    key: `${base.graphHash} ${cutKey(cut)}`,
    createPlan: () => createCutPlan(network, cut, inputShapeOf(base), pooledNetwork),
  };
}

/** [height, width, channels] */
export function inputShapeOf({
  inputHeight,
  inputWidth,
  pixelRange,
}: BaseModel): readonly number[] {
  return [inputHeight, inputWidth, numInputChannels(pixelRange)];
}

/** The self-test's picture fills the input, so that framing makes no difference. */
export function selfTestSpec(base: BaseModel): PreprocessingSpec {
  return preprocessingFor(base, 'stretched');
}
