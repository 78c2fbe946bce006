import type { Cut } from '../domain/cut.ts';
import { NO_OUTCOMES, type Head, type HeadWeights, type TunedTensor } from '../domain/head.ts';
import type { ClassLabelId, HeadId, RunId } from '../domain/ids.ts';
import { preprocessingFor } from '../domain/baseModel.ts';
import { headFiles } from '../exporters/data/headFiles.ts';
import { formulaHead } from '../exporters/exportFixture.ts';
import {
  graphInput,
  graphModelFixture,
  graphNode,
  sizes,
  weights as graphWeights,
  windowAttributes,
} from '../network/graphModel/graphFixture.ts';
import {
  fixtureInput,
  fixtureLayer,
  fixtureModel,
  fixtureTensor,
} from '../network/kerasModelFixture.ts';
import type { LoadedBase } from '../engine/openBase.ts';

/** Heads exported as data, and the bases that they were trained on. */

/** Averages and spreads of 4 and 6 channels. */
export const SPREAD_CUT: Cut = { positions: [2, 4], pooling: 'average-and-spread' };

/** Of the last convolution of `layersFiles`. */
export const TUNED: readonly TunedTensor[] = [
  {
    position: 3,
    role: 'kernel',
    shape: [3, 3, 4, 6],
    values: Float32Array.from({ length: 216 }, (_, i) => Math.fround(Math.cos(i))),
  },
  { position: 3, role: 'bias', shape: [6], values: Float32Array.of(0, 1, 2, 3, 4, 5) },
];

/** Two convolutions with their activations, for photos of 8 by 8 pixels. */
export function layersFiles(): File[] {
  const conv = { kernel_size: [3, 3], padding: 'same' };
  const model = fixtureModel(
    [
      fixtureInput('in', 8, 8, 3),
      fixtureLayer('Conv2D', 'conv_1', { ...conv, filters: 4 }, 'in'),
      fixtureLayer('ReLU', 'relu_1', {}, 'conv_1'),
      fixtureLayer('Conv2D', 'conv_2', { ...conv, filters: 6, strides: [2, 2] }, 'relu_1'),
      fixtureLayer('ReLU', 'relu_2', {}, 'conv_2'),
    ],
    [
      fixtureTensor('conv_1/kernel', 3, 3, 3, 4),
      fixtureTensor('conv_1/bias', 4),
      fixtureTensor('conv_2/kernel', 3, 3, 4, 6),
      fixtureTensor('conv_2/bias', 6),
    ],
  );
  return filesOf(model.modelJson, new Uint8Array(model.weights));
}

/** The same size of photos, through a graph that runs as it is. */
export function opaqueFiles(): File[] {
  const { modelJson, weights } = graphModelFixture(
    [
      graphInput('in', 8, 8, 3),
      graphNode('Conv2D', 'conv', ['in', 'w'], windowAttributes(1, 'SAME')),
      graphNode('Cumsum', 'sums', ['conv', 'axis']),
    ],
    [graphWeights('w', [3, 3, 3, 4]), sizes('axis', [1], [])],
  );
  return filesOf(modelJson, weights.read(0, weights.size).slice());
}

function filesOf(modelJson: string, weights: Uint8Array<ArrayBuffer>): File[] {
  return [new File([modelJson], 'model.json'), new File([weights], 'weights.bin')];
}

export interface ExportedHead {
  readonly cut?: Cut;
  readonly weights?: HeadWeights;
  readonly tuned?: readonly TunedTensor[];
  readonly inputWidth?: number;
}

/** What the export of a head on this base has, of three classes. */
export async function headFilesOf(
  { base, network: body }: LoadedBase,
  { cut = SPREAD_CUT, weights = formulaHead(20, 3), tuned, inputWidth }: ExportedHead = {},
): Promise<File[]> {
  const spec = preprocessingFor(base, 'padded');
  const labels = ['Mug', 'Bowl', '3 spoons'].map((name, colorIndex) => {
    return { id: `class-${colorIndex}` as ClassLabelId, name, colorIndex };
  });
  const preprocessing = { ...spec, ...(inputWidth !== undefined && { inputWidth }) };
  const { id: baseId, graphHash } = base;
  const head: Head = {
    id: 'head' as HeadId,
    runId: 'run' as RunId,
    classifier: { baseId, graphHash, cut, preprocessing, labels },
    weights,
    ...(tuned && { tuned }),
    heldOut: NO_OUTCOMES,
  };
  const files = headFiles({ modelName: 'Cups', base, body, head });
  return Promise.all(
    files.map(async ({ path, bytes }) => new File([await bytes.arrayBuffer()], path)),
  );
}
