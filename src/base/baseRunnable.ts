import { preprocessingFor, type BaseModel } from '../domain/baseModel.ts';
import type { PreprocessingSpec } from '../domain/preprocessing.ts';
import { pooledNetwork } from '../network/compose.ts';
import type { LoadedBase } from './loadedBase.ts';
import type { RunnableNetwork } from './networkRunner.ts';

/** The base up to a cut, pooled: what turns photos into activations. */
export function baseRunnable({ base, network }: LoadedBase, cutPosition: number): RunnableNetwork {
  return {
    key: `${base.graphHash} ${cutPosition}`,
    network: () => pooledNetwork(network, cutPosition),
    inputShape: [base.inputHeight, base.inputWidth, 3],
  };
}

/** The self-test's picture fills the input, so that framing makes no difference. */
export function selfTestSpec(base: BaseModel): PreprocessingSpec {
  return preprocessingFor(base, 'stretched');
}
