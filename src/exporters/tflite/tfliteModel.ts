import type { ValueRange } from '../../domain/valueRange.ts';
import { foldNetwork } from '../../network/fold.ts';
import { inferShapes } from '../../network/inferShapes.ts';
import type { Network } from '../../network/network.ts';
import type { Step } from '../../network/steps.ts';
import { encodeGraph } from './encodeGraph.ts';
import { withFloat16Weights } from './float16.ts';
import type { LiteGraph } from './liteGraph.ts';
import { liteNetwork, type LiteNetwork } from './liteNetwork.ts';
import { encodeMetadata } from './metadata.ts';
import { quantiseGraph } from './quantiseGraph.ts';
import { singleSteps } from './singleSteps.ts';
import { withLabels } from './withLabels.ts';

export interface TfliteParts {
  /** Its input is a photo's pixels, RGB from 0 to 255; its output one probability per label. */
  readonly network: Network;
  /** [height, width, channels] */
  readonly inputShape: readonly number[];
  readonly labels: readonly string[];
  readonly modelName: string;
}

/** How the numbers of the file are kept; int8 needs the range of what each of `tfliteSteps` gives. */
export type TfliteNumbers =
  | { readonly kind: 'float32' }
  | { readonly kind: 'float16' }
  | { readonly kind: 'int8'; readonly ranges: readonly ValueRange[] };

/** The operations of the file in order, whose ranges are to be measured before it is made of int8. */
export function tfliteSteps(network: Network): readonly Step[] {
  return singleSteps(foldNetwork(network));
}

/**
 * The folded network as a TensorFlow Lite (LiteRT) file with its labels: float32 in, [1, height, width,
 * channels], and float32 out, [1, numLabels], whatever it computes with. A batch of another size is had
 * by resizing the input. Errors: base-invalid.
 */
export async function tfliteModel(
  { network, inputShape, labels, modelName }: TfliteParts,
  numbers: TfliteNumbers,
): Promise<Uint8Array<ArrayBuffer>> {
  inferShapes(network, inputShape);
  const graph = withNumbers(liteNetwork(tfliteSteps(network), inputShape), numbers);
  const [inputHeight = 1, inputWidth = 1] = inputShape;
  const metadata = encodeMetadata({ modelName, inputHeight, inputWidth });
  return withLabels(encodeGraph(graph, metadata), labels);
}

function withNumbers({ graph, tensorOf }: LiteNetwork, numbers: TfliteNumbers): LiteGraph {
  if (numbers.kind === 'float32') return graph;
  if (numbers.kind === 'float16') return withFloat16Weights(graph);
  const ranges = tensorOf.flatMap((tensor, step) => {
    const range = numbers.ranges[step];
    return range === undefined ? [] : [[tensor, range] as const];
  });
  return quantiseGraph(graph, new Map(ranges));
}
