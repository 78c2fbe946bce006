import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Network } from '../../src/network/network.ts';
import type { ExportedFile } from '../../src/exporters/exportedFile.ts';
import { formulaPixels } from '../../src/exporters/exportFixture.ts';
import { kerasFile } from '../../src/exporters/keras/kerasFile.ts';
import { kerasH5File } from '../../src/exporters/keras/kerasH5.ts';
import type { FloatType } from '../../src/exporters/onnx/messages.ts';
import { onnxModel } from '../../src/exporters/onnx/onnxModel.ts';
import { tfliteModel } from '../../src/exporters/tflite/tfliteModel.ts';
import { inferShapes } from '../../src/network/inferShapes.ts';

/** Pictures and what the app says to them. */
interface GoldenAnswers {
  /** [numPhotos, height, width, 3] */
  readonly shape: readonly [number, number, number, number];
  readonly pixels: Uint8Array;
  /** [numPhotos, numClasses], not computed by an exporter. */
  readonly probabilities: Float32Array;
  /** Of a probability, between the app and the format's runtime there; of 8 bits that is not small. */
  readonly largestDifference?: number;
}

/** With a network to export. */
export interface GoldenCase extends GoldenAnswers {
  readonly name: string;
  /** Takes RGB from 0 to 255 and ends in probabilities. */
  readonly network: Network;
}

/** Pictures that a formula makes: [numPhotos, height, width, 3]. */
export function goldenPixels(numPhotos: number, height: number, width: number): Uint8Array {
  const pixels = new Uint8Array(numPhotos * height * width * 3);
  const first = formulaPixels(height, width);
  for (let i = 0; i < numPhotos; i++) {
    // Past 255 a byte begins again at 0.
    pixels.set(
      Uint8Array.from(first, (value) => value + 40 * i),
      i * first.length,
    );
  }
  return pixels;
}

/** Every format that a network of layers can be written in. */
const WRITERS: readonly ((network: Network) => Promise<ExportedFile>)[] = [
  kerasFile,
  kerasH5File,
  onnxFile('float32'),
  onnxFile('float16'),
  tfliteFile('float32'),
  tfliteFile('float16'),
];

function onnxFile(weights: FloatType) {
  return (network: Network): Promise<ExportedFile> => {
    const path = weights === 'float32' ? 'model.onnx' : 'model-float16.onnx';
    return Promise.resolve({ path, bytes: onnxModel(network, inputShapeOf(network), weights) });
  };
}

function tfliteFile(kind: 'float32' | 'float16') {
  return async (network: Network): Promise<ExportedFile> => {
    const [numClasses] = inferShapes(network).at(-1) ?? [];
    const labels = Array.from({ length: numClasses ?? 0 }, (_, i) => `class ${i}`);
    const parts = { network, inputShape: inputShapeOf(network), labels, modelName: 'Golden' };
    const path = kind === 'float32' ? 'model.tflite' : 'model-float16.tflite';
    return { path, bytes: await tfliteModel(parts, { kind }) };
  };
}

function inputShapeOf({ layers: [input] }: Network): number[] {
  return input?.kind === 'input' ? input.shape.map((size) => size ?? 0) : [];
}

/** Puts the exported files and the golden pictures into a folder of the case's name; gives its path. */
export async function writeGoldenFolder(root: string, each: GoldenCase): Promise<string> {
  const folder = join(root, each.name);
  const files: ExportedFile[] = [];
  for (const write of WRITERS) files.push(await write(each.network));
  writeGolden(folder, files, each);
  return folder;
}

/** The folder that checks look into, see README.md. */
export function writeGolden(
  folder: string,
  files: readonly ExportedFile[],
  { shape, pixels, probabilities, largestDifference }: GoldenAnswers,
): void {
  mkdirSync(folder, { recursive: true });
  for (const { path, bytes } of files) writeFileSync(join(folder, path), bytes);
  writeFileSync(join(folder, 'golden.json'), JSON.stringify({ shape, largestDifference }));
  writeFileSync(join(folder, 'pixels.bin'), pixels);
  writeFileSync(join(folder, 'probabilities.bin'), probabilities);
}
