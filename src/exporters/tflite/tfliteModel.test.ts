import { TextWriter, Uint8ArrayReader, ZipReader } from '@zip.js/zip.js/lib/zip-core-custom.js';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { openTflite } from '../../checks/openTflite.ts';
import { useTestBackend } from '../../engine/backendFixture.ts';
import { relativeDistance } from '../../engine/goldenFixture.ts';
import { figureInput, loadFigure, readFigures } from '../../engine/kerasFiguresFixture.ts';
import { createPlan } from '../../engine/plan.ts';
import { randomNetwork } from '../../engine/randomNetworkFixture.ts';
import { SMALL_NETWORKS } from '../../engine/smallNetworksFixture.ts';
import { createRangeMeter } from '../../engine/stepRanges.ts';
import {
  fixtureInput,
  fixtureLayer,
  fixtureModel,
  fixtureTensor,
} from '../../network/kerasModelFixture.ts';
import { loadTfjsLayers } from '../../network/loadTfjsLayers.ts';
import type { Network } from '../../network/network.ts';
import { tfliteModel, tfliteSteps, type TfliteNumbers } from './tfliteModel.ts';

vi.mock(
  '@litertjs/core/wasm/litert_wasm_compat_internal.js',
  () => import('../../checks/liteRtFixture.ts'),
);
vi.mock('@litertjs/core/wasm/litert_wasm_compat_internal.wasm?url', () => ({ default: '' }));

interface Subject {
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
const ILL_CONDITIONED = 'Keras: models within the model';
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

const SUBJECTS: readonly Subject[] = [
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

const LABELS = ['first', 'second'];

async function answered(
  { network, inputShape, batch }: Subject,
  numbers: TfliteNumbers,
): Promise<Float32Array> {
  const parts = { network, inputShape, labels: LABELS, modelName: 'Small' };
  const bytes = await tfliteModel(parts, numbers);
  const run = await openTflite([{ path: 'model.tflite', bytes }], inputShape);
  return run(batch, 2);
}

function measuredRanges({ network, inputShape, batch }: Subject) {
  const meter = createRangeMeter(tfliteSteps(network), inputShape);
  meter.measure(batch, 2);
  meter.dispose();
  return meter.ranges();
}

beforeAll(() => useTestBackend('cpu'));

describe('a TensorFlow Lite file in LiteRT.js', () => {
  it.each(SUBJECTS)('answers as the network: $name', async (subject) => {
    const expected = await subject.expected();
    const answer = await answered(subject, { kind: 'float32' });
    expect(answer).toHaveLength(expected.length);
    expect(relativeDistance(answer, expected)).toBeLessThan(2e-5);
  });

  it.each(SUBJECTS.filter(({ name }) => name !== ILL_CONDITIONED))(
    'nearly does with numbers of 8 bits: $name',
    async (subject) => {
      const numbers = { kind: 'int8', ranges: measuredRanges(subject) } as const;
      const answer = await answered(subject, numbers);
      expect(relativeDistance(answer, await subject.expected())).toBeLessThan(0.05);
    },
  );
});

describe('a TensorFlow Lite file', () => {
  const wide = ownSubject(
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
  const { network, inputShape } = wide;
  const write = (kind: 'float32' | 'float16', labels = LABELS) =>
    tfliteModel({ network, inputShape, labels, modelName: 'Wide' }, { kind });

  it('is half as large with kernels of 16 bits, and nearly answers the same', async () => {
    const [whole, half] = [await write('float32'), await write('float16')];
    expect(half.length).toBeLessThan(0.6 * whole.length);
    const answer = await answered(wide, { kind: 'float16' });
    expect(relativeDistance(answer, await wide.expected())).toBeLessThan(1e-3);
  });

  it('is a zip with the class names, one a line', async () => {
    const file = await write('float32', ['tabby\ncat', '<b>狗</b>']);
    const entries = await new ZipReader(new Uint8ArrayReader(file)).getEntries();
    const [labels] = entries.filter((entry) => !entry.directory);
    expect(entries.map(({ filename }) => filename)).toEqual(['labels.txt']);
    expect(await labels?.getData(new TextWriter())).toBe('tabby cat\n<b>狗</b>\n');
  });

  it('is the same file for the same model', async () => {
    expect(await write('float32')).toEqual(await write('float32'));
  });
});
