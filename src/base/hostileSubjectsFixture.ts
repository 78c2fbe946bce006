import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Bytes } from '../domain/hostileFixture.ts';
import { mobileNetV1 } from '../network/architectures/mobileNetV1.ts';
import type { ByteSource } from '../network/byteSource.ts';
import {
  graphInput,
  graphModelFixture,
  graphNode,
  weights,
  windowAttributes,
  type FixtureNode,
} from '../network/graphModel/graphFixture.ts';
import { kerasH5 } from '../network/hdf5/h5Fixture.ts';
import {
  fixtureInput,
  fixtureLayer,
  fixtureModel,
  fixtureTensor,
} from '../network/kerasModelFixture.ts';
import {
  formulaWeights,
  parsePlace,
  safetensorsFile,
} from '../network/safetensors/torchFixture.ts';
import { teachableMachineExport } from '../network/teachableMachineFixture.ts';
import { zipFixture } from '../network/zipFixture.ts';

/** Good files of every kind that a base can come from, all of them small. */
export interface Subject {
  readonly title: string;
  readonly files: readonly SubjectFile[];
}

export interface SubjectFile {
  readonly name: string;
  readonly bytes: Bytes;
}

const KERAS = join(import.meta.dirname, '../engine/kerasFixtures');
const LITE = join(import.meta.dirname, 'liteClassifier');
const ONNX = join(import.meta.dirname, '../engine/onnxFixtures');

function kerasFile(name: string): SubjectFile {
  const isPacked = !name.endsWith('.keras');
  const file = readFileSync(join(KERAS, isPacked ? `${name}.gz` : name));
  return { name, bytes: new Uint8Array(isPacked ? gunzipSync(file) : file) };
}

/** Of its three classes, so that a project is made of it too. */
const LITE_LABELS = textFile('labels.txt', 'Mug\nBowl\nCup\n');

function liteFile(name: string): SubjectFile {
  return { name, bytes: new Uint8Array(readFileSync(join(LITE, name))) };
}

/** By PyTorch; ends in a softmax of three classes. */
function onnxFile(): SubjectFile {
  const file = readFileSync(join(ONNX, 'residual-old.onnx.gz'));
  return { name: 'model.onnx', bytes: new Uint8Array(gunzipSync(file)) };
}

function fileOf(source: ByteSource): SubjectFile {
  return { name: source.name, bytes: source.read(0, source.size).slice() };
}

function textFile(name: string, text: string): SubjectFile {
  return { name, bytes: new TextEncoder().encode(text) };
}

function layersModel(): SubjectFile[] {
  const model = fixtureModel(
    [
      fixtureInput('in', 16, 16, 3),
      fixtureLayer('Conv2D', 'conv', { filters: 4, kernel_size: [3, 3], padding: 'same' }, 'in'),
      fixtureLayer('BatchNormalization', 'norm', { epsilon: 0.001 }, 'conv'),
      fixtureLayer('ReLU', 'relu', { max_value: 6 }, 'norm'),
      fixtureLayer('Add', 'add', {}, 'relu', 'norm'),
      fixtureLayer('GlobalAveragePooling2D', 'average', {}, 'add'),
      fixtureLayer('Dense', 'answer', { units: 2, activation: 'softmax' }, 'average'),
    ],
    [
      fixtureTensor('conv/kernel', 3, 3, 3, 4),
      fixtureTensor('conv/bias', 4),
      ...['gamma', 'beta', 'moving_mean', 'moving_variance'].map((name) =>
        fixtureTensor(`norm/${name}`, 4),
      ),
      fixtureTensor('answer/kernel', 4, 2),
      fixtureTensor('answer/bias', 2),
    ],
  );
  const bytes = new Uint8Array(model.weights);
  return [textFile('model.json', model.modelJson), { name: 'weights.bin', bytes }];
}

function graphModel(middle: FixtureNode): SubjectFile[] {
  const nodes = [
    graphInput('in', 16, 16, 3),
    graphNode('Conv2D', 'conv', ['in', 'w'], windowAttributes(2, 'SAME')),
    middle,
    graphNode('MaxPool', 'pool', [middle.name], windowAttributes(2, 'VALID', 2)),
  ];
  const model = graphModelFixture(nodes, [weights('w', [3, 3, 3, 4])]);
  return [textFile('model.json', model.modelJson), fileOf(model.weights)];
}

async function weightsAlone(): Promise<SubjectFile> {
  const { layers } = mobileNetV1({ alpha: 1 / 32, numClasses: null });
  const stored = layers.map(({ name, variables }) => ({
    name,
    tensors: variables.map((variable) =>
      fixtureTensor(`${name}/${variable.name}:0`, ...variable.shape.map((size) => size ?? 0)),
    ),
  }));
  return { name: 'mobilenet.h5', bytes: await kerasH5(stored) };
}

/** MobileNetV2 0.35 as PyTorch names it. */
function safetensors(places: readonly string[]): SubjectFile {
  const parsed = places.map(parsePlace).filter(({ dtype }) => dtype === 'F32');
  const header: Record<string, unknown> = {};
  const data: Uint8Array[] = [];
  let offset = 0;
  for (const place of parsed) {
    const bytes = new Uint8Array(formulaWeights(place).buffer);
    const { dtype, shape } = place;
    header[place.name] = { dtype, shape, data_offsets: [offset, (offset += bytes.length)] };
    data.push(bytes);
  }
  return fileOf(safetensorsFile(header, Buffer.concat(data)));
}

async function zipped(files: readonly SubjectFile[]): Promise<SubjectFile> {
  const contents = Object.fromEntries(files.map(({ name, bytes }) => [`export/${name}`, bytes]));
  return fileOf(await zipFixture(contents));
}

export async function hostileSubjects(torchPlaces: readonly string[]): Promise<Subject[]> {
  const teachable = teachableMachineExport().map(fileOf);
  return [
    { title: 'a TF.js layers model', files: layersModel() },
    { title: 'a graph model', files: graphModel(graphNode('Relu', 'relu', ['conv'])) },
    { title: 'a graph that runs as it is', files: graphModel(graphNode('Sin', 'sine', ['conv'])) },
    { title: 'a Teachable Machine export', files: teachable },
    { title: 'a zip of an export', files: [await zipped(teachable)] },
    { title: 'a whole model in .h5', files: [kerasFile('convolutions.h5')] },
    { title: 'models within models in .h5', files: [kerasFile('nested.h5')] },
    { title: 'weights alone in .h5', files: [await weightsAlone()] },
    { title: 'a .keras', files: [kerasFile('activations.keras')] },
    { title: 'JSON and .h5', files: [kerasFile('nested.json'), kerasFile('nested.weights.h5')] },
    { title: 'TensorFlow Lite', files: [liteFile('model.tflite'), LITE_LABELS] },
    { title: 'TensorFlow Lite of 8 bits', files: [liteFile('model-int8.tflite')] },
    { title: 'ONNX', files: [onnxFile(), textFile('labels.txt', '0 Mug\n1 Bowl\n2 Cup\n')] },
    { title: 'safetensors', files: [safetensors(torchPlaces)] },
  ];
}
