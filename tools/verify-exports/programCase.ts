import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPlan } from '../../src/engine/plan.ts';
import { preprocessPixels, writeInput, type Picture } from '../../src/engine/preprocess.ts';
import type { ClassifierExport } from '../../src/exporters/classifierExport.ts';
import type { ExportedFile } from '../../src/exporters/exportedFile.ts';
import { everyKindNetwork, formulaHead, SMALL_SPEC } from '../../src/exporters/exportFixture.ts';
import { kerasFile } from '../../src/exporters/keras/kerasFile.ts';
import { kerasFiles } from '../../src/exporters/keras/kerasFiles.ts';
import { kerasH5File } from '../../src/exporters/keras/kerasH5.ts';
import { onnxFiles } from '../../src/exporters/onnx/onnxFiles.ts';
import { tfliteFiles } from '../../src/exporters/tflite/tfliteFiles.ts';
import { classifierNetwork } from '../../src/network/compose.ts';

const PROGRAMS = 'src/exporters/snippets';

interface ProgramCase {
  /** Of an export. */
  readonly program: string;
  readonly write: (classifier: ClassifierExport) => Promise<ExportedFile[]> | ExportedFile[];
}

const CASES: Readonly<Record<string, ProgramCase>> = {
  onnx: {
    program: 'predict_onnx.py',
    write: (classifier) => onnxFiles(classifier, 'float32'),
  },
  keras: {
    program: 'predict_keras.py',
    write: (classifier) => kerasFiles(classifier, kerasFile),
  },
  'keras-h5': {
    program: 'predict_keras.py',
    write: (classifier) => kerasFiles(classifier, kerasH5File),
  },
  tflite: {
    program: 'predict_tflite.py',
    write: (classifier) => tfliteFiles(classifier, { kind: 'float32' }),
  },
};

/** Wider and higher than the input, so that it is cut and made smaller. */
const [WIDTH, HEIGHT] = [320, 200];

/**
 * Exports with their Python programs, a folder for each, beside a photo as bare pixels and what the app says
 * to it, from the pixels on: `verify_programs.py` makes a JPEG of it and runs the programs. Gives the path.
 */
export async function writeProgramFolder(root: string): Promise<string> {
  const folder = join(root, 'programs');
  const classifier = smallClassifier();
  for (const [name, { program, write }] of Object.entries(CASES)) {
    mkdirSync(join(folder, name), { recursive: true });
    for (const { path, bytes } of await write(classifier)) {
      writeFileSync(join(folder, name, path), bytes);
    }
    copyFileSync(join(PROGRAMS, program), join(folder, name, 'predict.py'));
    copyFileSync(join(PROGRAMS, 'photo_input.py'), join(folder, name, 'photo_input.py'));
  }
  const picture = softPicture();
  writeFileSync(join(folder, 'photo.bin'), picture.rgba);
  const probabilities = await answerOf(classifier, picture);
  const expected = { width: WIDTH, height: HEIGHT, labels: classifier.labels, probabilities };
  writeFileSync(join(folder, 'programs.json'), JSON.stringify(expected));
  return folder;
}

function smallClassifier(): ClassifierExport {
  const base = everyKindNetwork();
  const labels = ['cat', 'dog on a mat', '狗'];
  return {
    network: classifierNetwork({
      network: base,
      cut: { positions: [base.layers.length - 1], pooling: 'global-average' },
      head: formulaHead(5, labels.length),
    }),
    labels,
    preprocessing: SMALL_SPEC,
    modelName: 'Pets',
    createdAt: new Date(0),
  };
}

/** Waves of colour, of which JPEG loses little. */
function softPicture(): Picture {
  const rgba = Uint8ClampedArray.from({ length: WIDTH * HEIGHT * 4 }, (_, i) => {
    const [x, y] = [Math.floor(i / 4) % WIDTH, Math.floor(i / 4 / WIDTH)];
    if (i % 4 === 3) return 255;
    return 128 + 100 * Math.sin(x / (9 + 4 * (i % 4)) + y / (30 - 8 * (i % 4)));
  });
  return { rgba, width: WIDTH, height: HEIGHT };
}

async function answerOf({ network, preprocessing }: ClassifierExport, picture: Picture) {
  const { inputHeight, inputWidth } = preprocessing;
  const input = new Float32Array(inputHeight * inputWidth * 3);
  writeInput(preprocessPixels(picture, preprocessing), preprocessing, input, 0);
  const plan = createPlan(network, [inputHeight, inputWidth, 3]);
  const probabilities = await plan.run(input, 1);
  plan.dispose();
  return [...probabilities];
}
