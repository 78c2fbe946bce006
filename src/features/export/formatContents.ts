import type { ExportFormat } from '../../domain/exportFormat.ts';

type ContentKey =
  | 'page'
  | 'program'
  | 'model'
  | 'weights'
  | 'metadata'
  | 'labels'
  | 'preprocessing'
  | 'graph'
  | 'keras'
  | 'onnx'
  | 'tflite'
  | 'wholePage'
  | 'card'
  | 'proof'
  | 'measured'
  | 'golden'
  | 'snippet'
  | 'examples'
  | 'head'
  | 'architecture'
  | 'activations'
  | 'vectors'
  | 'metadataTable'
  | 'sprite'
  | 'projectorConfig'
  | 'cardJson';

interface FormatContents {
  /** Files of the zip, each with the key of its description. */
  readonly files: readonly (readonly [path: string, ContentKey])[];
  /** Keys of what opens it. */
  readonly programs: readonly (
    | 'page'
    | 'anyBrowser'
    | 'tfjs'
    | 'teachableMachine'
    | 'tfjsGraph'
    | 'keras'
    | 'kerasH5'
    | 'kerasBackends'
    | 'onnxPython'
    | 'onnxWeb'
    | 'onnxElsewhere'
    | 'tflitePhone'
    | 'tflitePython'
    | 'tfliteWeb'
    | 'safetensors'
    | 'rebuild'
    | 'numpy'
    | 'projectorPage'
    | 'tensorboard'
    | 'textEditor'
    | 'hubs'
    | 'graft'
    | 'graftWithBase'
  )[];
  /** Which values the model takes for a pixel, or `photos` as they are; `null` where it is no model. */
  readonly input: 'teachableMachine' | 'own' | 'pixels' | 'photos' | null;
}

const INPUT_AND_OUTPUT = [
  ['labels.txt', 'labels'],
  ['preprocessing.json', 'preprocessing'],
  ['MODEL_CARD.md', 'card'],
] as const;

const SNIPPET = ['predict.py', 'snippet'] as const;

const EXAMPLES = ['examples/', 'examples'] as const;

const GOLDEN = ['golden/', 'golden'] as const;

const DESCRIPTION = [...INPUT_AND_OUTPUT, ['verified.json', 'proof'], GOLDEN] as const;

const ONNX: FormatContents = {
  files: [['model.onnx', 'onnx'], SNIPPET, EXAMPLES, ...DESCRIPTION],
  programs: ['onnxPython', 'onnxWeb', 'onnxElsewhere', 'graft'],
  input: 'pixels',
};

const TFLITE: FormatContents = {
  files: [['model.tflite', 'tflite'], SNIPPET, ...DESCRIPTION],
  programs: ['tflitePhone', 'tflitePython', 'tfliteWeb', 'graft'],
  input: 'pixels',
};

export const FORMAT_CONTENTS: Readonly<Record<ExportFormat, FormatContents>> = {
  'web-page': {
    files: [['index.html', 'wholePage']],
    programs: ['anyBrowser', 'graft'],
    input: 'photos',
  },
  'tfjs-layers': {
    files: [
      ['index.html', 'page'],
      ['demo/', 'program'],
      ['model.json', 'model'],
      ['weights.bin', 'weights'],
      ['metadata.json', 'metadata'],
      EXAMPLES,
      ...DESCRIPTION,
    ],
    programs: ['page', 'tfjs', 'teachableMachine', 'graft'],
    input: 'teachableMachine',
  },
  'tfjs-graph': {
    files: [['model.json', 'graph'], ['weights.bin', 'weights'], EXAMPLES, ...DESCRIPTION],
    programs: ['tfjsGraph', 'graft'],
    input: 'pixels',
  },
  keras: {
    files: [['model.keras', 'keras'], SNIPPET, ...DESCRIPTION],
    programs: ['keras', 'kerasBackends', 'graft'],
    input: 'pixels',
  },
  'keras-h5': {
    files: [['model.h5', 'keras'], SNIPPET, ...DESCRIPTION],
    programs: ['kerasH5', 'kerasBackends', 'graft'],
    input: 'pixels',
  },
  onnx: ONNX,
  'onnx-float16': ONNX,
  tflite: TFLITE,
  'tflite-float16': TFLITE,
  'tflite-int8': {
    ...TFLITE,
    files: [
      ['model.tflite', 'tflite'],
      SNIPPET,
      ...INPUT_AND_OUTPUT,
      ['measured.json', 'measured'],
      GOLDEN,
    ],
  },
  safetensors: {
    files: [
      ['head.safetensors', 'head'],
      ['architecture.json', 'architecture'],
      ...INPUT_AND_OUTPUT,
    ],
    programs: ['safetensors', 'rebuild', 'graftWithBase'],
    input: 'own',
  },
  'activations-npz': {
    files: [['activations-npz.npz', 'activations']],
    programs: ['numpy'],
    input: null,
  },
  projector: {
    files: [
      ['vectors.tsv', 'vectors'],
      ['metadata.tsv', 'metadataTable'],
      ['sprite.png', 'sprite'],
      ['projector_config.*', 'projectorConfig'],
    ],
    programs: ['projectorPage', 'tensorboard'],
    input: null,
  },
  'model-card': {
    files: [
      ['MODEL_CARD.md', 'card'],
      ['model_card.json', 'cardJson'],
    ],
    programs: ['textEditor', 'hubs'],
    input: null,
  },
};
