import { describe, expect, it } from 'vitest';
import { DEFAULT_GRADIENT_CONFIG } from '../../domain/headConfig.ts';
import { allOf } from '../intakeFixture.ts';
import {
  archiveWith,
  archiveWithValue,
  failureOf,
  goodArchive,
  open,
  textOf,
  type Json,
} from './hostileFixture.ts';

const { blob: good, contents } = goodArchive;

describe('a file that is no whole archive', () => {
  it.each([
    ['nothing', new Blob()],
    ['text', new Blob(['not a zip'])],
    ['a zip signature', new Blob(['PK\u0003\u0004'])],
  ])('such as %s is refused by its name', async (_, blob) => {
    expect(await failureOf(blob)).toMatchObject({ code: 'archive-invalid', entry: 'x.graft' });
  });

  it('is refused cut off anywhere', async () => {
    for (let length = 0; length < good.size; length += 97) {
      expect((await failureOf(good.slice(0, length))).code).toBe('archive-invalid');
    }
  });

  it('never opens with other contents when bytes are flipped', async () => {
    const reference = JSON.stringify(await contentsOf(good));
    const bytes = new Uint8Array(await good.arrayBuffer());
    for (let at = 0; at < bytes.length; at += 31) {
      const flipped = bytes.slice();
      flipped[at] = (flipped[at] ?? 0) ^ 0x55;
      const blob = new Blob([flipped]);
      const { code } = await failureOf(blob);
      if (code === 'opened') expect(JSON.stringify(await contentsOf(blob))).toBe(reference);
      else expect(code).toBe('archive-invalid');
    }
  });

  it.each(['manifest.json', 'project.json', 'samples.json', 'runs.json', 'heads/head-1.bin'])(
    'is refused without %s',
    async (entry) => {
      expect(await failureOf(await archiveWith({ [entry]: null }))).toMatchObject({
        code: 'archive-invalid',
        entry,
      });
    },
  );
});

/** Everything but ids, which are new each time. */
async function contentsOf(blob: Blob): Promise<unknown> {
  const { project, samples, heads, images } = await open(blob);
  const pictures = await Promise.all((await allOf(images())).map((each) => each.blob.text()));
  const weights = heads.map(({ weights: { kernel, bias } }) => [[...kernel], [...bias]]);
  return [project.name, samples.map(({ imageHash }) => imageHash), pictures, weights];
}

describe('a manifest', () => {
  it('of a newer version is told apart', async () => {
    const blob = await archiveWith({ 'manifest.json': '{"format":"graft","version":3}' });
    expect((await failureOf(blob)).code).toBe('archive-too-new');
  });

  it.each(['{', 'null', '[]', '{"format":"zip","version":1}', '{"format":"graft"}', '7'])(
    'of %s is refused',
    async (text) => {
      const blob = await archiveWith({ 'manifest.json': text });
      expect(await failureOf(blob)).toMatchObject({
        code: 'archive-invalid',
        entry: 'manifest.json',
      });
    },
  );
});

describe('a value of a wrong kind', () => {
  it.each<[entry: string, place: string, value: unknown]>([
    ['project.json', 'name', 7],
    ['project.json', 'name', 'x'.repeat(10_001)],
    ['project.json', 'id', ''],
    ['project.json', 'framing', 'tilted'],
    ['project.json', 'createdAt', '1'],
    ['project.json', 'updatedAt', -1],
    ['project.json', 'cut', 1.5],
    ['project.json', 'cut.positions', []],
    ['project.json', 'cut.positions.0', 54],
    ['project.json', 'cut.positions.0', -1],
    ['project.json', 'classLabels', {}],
    ['project.json', 'classLabels.0', null],
    ['project.json', 'classLabels.1.id', 'class-daisy'],
    ['project.json', 'classLabels.0.colorIndex', -1],
    ['project.json', 'headConfig.epochs', 0],
    ['project.json', 'headConfig.learningRate', 1e9],
    ['project.json', 'headConfig.seed', 0.5],
    ['project.json', 'headConfig.solver', 'magic'],
    ['project.json', 'headConfig.optimizer', { kind: 'magic' }],
    ['project.json', 'headConfig.optimizer', { kind: 'momentum', momentum: 1 }],
    ['project.json', 'headConfig.schedule', { kind: 'step', warmUpEpochs: 0, stepEpochs: 0 }],
    ['project.json', 'headConfig.hiddenLayers', Array(5).fill({})],
    ['project.json', 'headConfig.hiddenLayers', [{ units: 1e9, activation: 'relu' }]],
    ['project.json', 'headConfig.initialisation', null],
    ['project.json', 'headConfig.clipping', { kind: 'value', clipLimit: 0 }],
    ['project.json', 'headConfig.classWeights', { kind: 'own', byClass: { a: -1 } }],
    ['project.json', 'headConfig.earlyStopping', { patience: 0 }],
    ['project.json', 'headConfig.labelSmoothing', '0'],
    ['samples.json', '0.id', 'sample-1'],
    ['samples.json', '0.projectId', 'other'],
    ['samples.json', '0.classLabelId', 'class-tulip'],
    ['samples.json', '0.imageHash', '../../etc/passwd'],
    ['samples.json', '0.imageHash', 'AB'.repeat(32)],
    ['samples.json', '0.width', 0],
    ['samples.json', '0.height', null],
    ['samples.json', '0.split', 'none'],
    ['samples.json', '0.source', 'toString'],
    ['samples.json', '0.fileName', ['a']],
    ['samples.json', '0', 'sample'],
    ['runs.json', '0.id', 'run-2'],
    ['runs.json', '0.status', 'running'],
    ['runs.json', '0.projectId', 'other'],
    ['runs.json', '0.classifier.graphHash', 'x'],
    ['runs.json', '0.classifier.labels', [{ id: 'a', name: 'a', colorIndex: 0 }]],
    ['runs.json', '0.classifier.preprocessing.version', 0],
    ['runs.json', '0.classifier.preprocessing.inputWidth', 1e9],
    ['runs.json', '0.classifier.cut.pooling', 'max'],
    ['runs.json', '0.classifier.preprocessing.channelOrder', 'cmyk'],
    ['runs.json', '0.classifier.preprocessing.scale', 1],
    ['runs.json', '0.classifier.preprocessing.offset', [0, 0, 0, 0]],
    ['runs.json', '0.config.scaling', 'logarithmic'],
    ['runs.json', '0.config.l2', 0],
    ['runs.json', '0.chosen', null],
    ['runs.json', '0.chosen.scaling', 'auto'],
    ['runs.json', '0.chosen.l2', -1],
    ['runs.json', '0.samples.0.classIndex', 2],
    ['runs.json', '0.samples.0.part', 'auto'],
    ['runs.json', '0.epochs.0.loss', null],
    ['runs.json', '0.epochs.0.accuracy', 1.01],
    ['runs.json', '0.evaluations.validation.confusionMatrix', [[1]]],
    ['runs.json', '0.evaluations.validation.perClass.0.f1', '1'],
    ['runs.json', '0.evaluations', null],
    ['runs.json', '0.backend', 'quantum'],
    ['runs.json', '1.config.start.positions', []],
    ['runs.json', '1.config.start.layer', 7],
    ['runs.json', '1.config.batchNorm', 'melted'],
    ['runs.json', '1.config.dropout', 1],
    ['runs.json', '1.config.labelSmoothing', 1],
    ['runs.json', '1.config.classWeights', { kind: 'unfair' }],
    ['runs.json', '2.code', 'no-such-code'],
    ['heads/head-1.json', 'id', 'head-2'],
    ['heads/head-1.json', 'runId', 'run-2'],
    ['heads/head-1.json', 'activationSize', 4],
    ['heads/head-1.json', 'activationSize', 1e12],
    ['heads/head-1.json', 'hidden', [{ units: 4, activation: 'relu' }]],
    ['heads/head-1.json', 'hidden', [{ units: 2, activation: 'softmax' }]],
    ['heads/head-1.json', 'tuned.0.role', 'core'],
    ['heads/head-1.json', 'tuned.0.position', -1],
    ['heads/head-1.json', 'tuned.0.shape', [1, 1, 2, 3]],
    ['heads/head-1.json', 'tuned.0.shape', [2 ** 28, 2 ** 28, 2 ** 28, 2 ** 28]],
    ['heads/head-1.json', 'tuned.0.shape', [1, 1, 1, 2, 2]],
    ['heads/head-1.json', 'heldOut.trueIndices', [0, 2]],
    ['heads/head-1.json', 'heldOut.parts', ['train', 'train']],
    ['heads/head-1.json', 'heldOut.sampleIds', ['a']],
  ])('%s: %s = %j is refused', async (entry, place, value) => {
    const {
      code,
      entry: refused,
      message,
    } = await failureOf(await archiveWithValue(entry, place, value));
    expect(code).toBe('archive-invalid');
    expect(String(refused).replace(/bin$/u, 'json')).toBe(entry);
    expect(message).toContain('should be');
  });
});

describe('parts that do not fit together', () => {
  it('such as a head that is too short are refused', async () => {
    const bin = contents.get('heads/head-1.bin') ?? new Blob();
    const blob = await archiveWith({ 'heads/head-1.bin': bin.slice(0, bin.size - 1) });
    expect(await failureOf(blob)).toMatchObject({ entry: 'heads/head-1.bin' });
  });

  it('such as weights that are no numbers are refused', async () => {
    const bytes = new Uint8Array((await contents.get('heads/head-1.bin')?.arrayBuffer()) ?? []);
    bytes.set([0, 0, 0xc0, 0x7f]);
    const blob = await archiveWith({ 'heads/head-1.bin': new Blob([bytes]) });
    expect(await failureOf(blob)).toMatchObject({ entry: 'heads/head-1.bin' });
  });

  it('such as a photo of other bytes than its name says are refused', async () => {
    const path = [...contents.keys()].find((each) => each.endsWith('.jpg')) ?? '';
    expect(await failureOf(await archiveWith({ [path]: 'rose' }))).toMatchObject({ entry: path });
  });

  it('such as a missing photo are refused', async () => {
    const path = [...contents.keys()].find((each) => each.endsWith('.jpg')) ?? '';
    const { code, entry } = await failureOf(await archiveWith({ [path]: null }));
    expect(code).toBe('archive-invalid');
    expect(path).toContain(String(entry));
  });
});

it('reads no value from a prototype', async () => {
  const json = JSON.parse(await textOf('project.json')) as Json;
  const text = JSON.stringify({ ...json, name: undefined });
  const polluted = text.replace('{', '{"__proto__":{"name":"polluted"},');
  expect(await failureOf(await archiveWith({ 'project.json': polluted }))).toMatchObject({
    entry: 'project.json',
  });
});

it('ignores files that no part asks for, wherever they point', async () => {
  const blob = await archiveWith({
    '../../x.js': 'alert(1)',
    '/etc/passwd': 'x',
    'images/x.jpg': 'x',
  });
  expect((await failureOf(blob)).code).toBe('opened');
});

it('refuses a head that would unpack to hundreds of times its size', async () => {
  const zeros = new Blob([new Uint8Array(30e6)]);
  const bomb = await archiveWith({ 'heads/head-1.bin': zeros });
  expect(bomb.size).toBeLessThan(100e3);
  expect(await failureOf(bomb)).toMatchObject({
    entry: 'heads/head-1.bin',
    message: expect.stringContaining('not far larger than its zip') as string,
  });
});

describe('an archive of an earlier version', () => {
  it('has the gradient descent of that version', async () => {
    const { solver, epochs, batchSize, learningRate, l2, validationShare, seed } =
      DEFAULT_GRADIENT_CONFIG;
    const plain = { solver, epochs, batchSize, learningRate, l2, validationShare, seed };
    const { project } = await open(await archiveWithValue('project.json', 'headConfig', plain));
    expect(project.headConfig).toEqual(DEFAULT_GRADIENT_CONFIG);
  });
});
