import type { BaseMethods } from '../bridge/protocol.ts';
import { numInputChannels } from '../domain/preprocessing.ts';
import { describeNetwork } from '../network/summary.ts';
import type { Services } from './services.ts';

type Describe = BaseMethods['describeBase'];

/** What the page shows of a base's inside. Errors: those of the loader. */
export async function describeBase(
  { loadBase }: Services,
  { baseId }: Describe['params'],
): Promise<Describe['result']> {
  const { base, network } = await loadBase(baseId);
  const { inputHeight, inputWidth, pixelRange } = base;
  return describeNetwork(network, [inputHeight, inputWidth, numInputChannels(pixelRange)]);
}
