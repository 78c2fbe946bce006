import type { Cut } from '../domain/cut.ts';
import type { Network } from '../network/network.ts';
import { cutNodeName, isOpaque, type BaseBody } from './baseBody.ts';
import { createOpaquePlan } from './opaqueGraphPlan.ts';
import { createPlan, type Plan } from './plan.ts';

/**
 * A plan of a base up to a cut and of what `compose` puts behind it, such as a pooling and a head.
 * Positions of a cut are layers, or the nodes of an opaque graph. Errors: base-invalid.
 */
export async function createCutPlan(
  body: BaseBody,
  cut: Cut,
  inputShape: readonly number[],
  compose: (network: Network, cut: Cut) => Network,
): Promise<Plan> {
  if (!isOpaque(body)) return createPlan(compose(body, cut), inputShape);
  const nodeName = cutNodeName(body, cut);
  // Behind the graph there is a network of its own, whose input is the node's output.
  const tail = (output: Network) => compose(output, { ...cut, positions: [0] });
  return createOpaquePlan({ graph: body, nodeName, inputShape, tail });
}
