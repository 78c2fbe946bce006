import type { BaseMethods } from '../bridge/protocol.ts';
import { isOpaque } from '../engine/baseBody.ts';
import { describeBody } from '../engine/describeBody.ts';
import type { DescribeBody } from './baseFromFiles.ts';
import { inputShapeOf } from './baseRunnable.ts';
import type { NetworkRunner } from './networkRunner.ts';
import type { Services } from './services.ts';

type Describe = BaseMethods['describeBase'];

/** What the page shows of a base's inside. Errors: those of the loader. */
export async function describeBase(
  { loadBase, runner }: Services,
  { baseId }: Describe['params'],
): Promise<Describe['result']> {
  const { base, network } = await loadBase(baseId);
  return describeOn(runner)(network, inputShapeOf(base));
}

/** What has to run for it runs on the plain backend, which knows every operation, between two runs of others. */
export function describeOn(runner: NetworkRunner): DescribeBody {
  return (body, inputShape) => {
    const describe = () => describeBody(body, inputShape);
    return isOpaque(body) ? runner.onBackend('cpu', describe) : describe();
  };
}
