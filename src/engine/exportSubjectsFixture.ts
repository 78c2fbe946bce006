import { figureInput, loadFigure, readFigures } from './kerasFiguresFixture.ts';
import { createPlan } from './plan.ts';
import { randomNetwork } from './randomNetworkFixture.ts';
import { SMALL_NETWORKS } from './smallNetworksFixture.ts';
import { createRangeMeter } from './stepRanges.ts';
import {
  fixtureInput,
  fixtureLayer,
  fixtureModel,
  fixtureTensor,
} from '../network/kerasModelFixture.ts';
import { loadTfjsLayers } from '../network/loadTfjsLayers.ts';
import type { Network } from '../network/network.ts';
import type { Step } from '../network/steps.ts';

/** A network to be exported, and what the file has to answer. */
export interface Subject {
  readonly name: string;
  readonly network: Network;
  readonly inputShape: readonly [number, number, number];
  /** Two pictures. */
  readonly batch: Float32Array;
  /** What Keras answered, or our own plan. */
  readonly expected: () => Promise<ArrayLike<number>>;
}

/** Has no operation, so no operator either: what goes in comes out. */
const WITHOUT_OPERATIONS = 'activation linear';
/** Its answers are small differences of large sums: float16 is 3 in a thousand off too. */
export const ILL_CONDITIONED = 'Keras: models within the model';
const FIGURES = [...readFigures('keras2'), ...readFigures('keras3')].filter(
  ({ name }) => name !== WITHOUT_OPERATIONS,
);

const pictures = (height: number, width: number) =>
  Float32Array.from(fixtureTensor('batch', 2, height, width, 3).values, (value) => value * 4);

function ownSubject(
  name: string,
  files: Parameters<typeof loadTfjsLayers>[0],
  side: readonly [number, number],
): Subject {
  const network = loadTfjsLayers(files);
  const [inputShape, batch] = [[...side, 3] as const, pictures(...side)];
  const expected = async () => {
    const plan = createPlan(network, inputShape);
    const answer = await plan.run(batch, 2);
    plan.dispose();
    return answer;
  };
  return { name, network, inputShape, batch, expected };
}

/** Every kind of layer by itself, and networks of what folding takes together. */
export const SUBJECTS: readonly Subject[] = [
  ...Object.entries(SMALL_NETWORKS).map(([name, files]) => ownSubject(name, files, [7, 6])),
  ...FIGURES.map((figure) => ({
    name: `Keras: ${figure.name}`,
    network: loadFigure(figure),
    inputShape: figure.inputShape as Subject['inputShape'],
    batch: figureInput(figure),
    expected: () => Promise.resolve(figure.output),
  })),
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((seed) =>
    ownSubject(`random network ${seed}`, randomNetwork(seed), [8, 8]),
  ),
];

/** Has a kernel that is large enough for files of half the size to keep it in 16 bits. */
export const WIDE = ownSubject(
  'wide',
  fixtureModel(
    [
      fixtureInput('in', 7, 6, 3),
      fixtureLayer('Flatten', 'flat', {}, 'in'),
      fixtureLayer('Dense', 'dense', { units: 50, activation: 'tanh' }, 'flat'),
    ],
    [fixtureTensor('dense/kernel', 126, 50), fixtureTensor('dense/bias', 50)],
  ),
  [7, 6],
);

/** Of what each step gives for the subject's own pictures. */
export function measuredRanges(steps: readonly Step[], { inputShape, batch }: Subject) {
  const meter = createRangeMeter(steps, inputShape);
  meter.measure(batch, 2);
  meter.dispose();
  return meter.ranges();
}
