import { TextWriter, Uint8ArrayReader, ZipReader } from '@zip.js/zip.js/lib/zip-core-custom.js';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { tflite } from '../../checks/openTflite.ts';
import { useTestBackend } from '../../engine/backendFixture.ts';
import { relativeDistance } from '../../engine/goldenFixture.ts';
import {
  ILL_CONDITIONED,
  measuredRanges,
  SUBJECTS,
  WIDE,
  type Subject,
} from '../../engine/exportSubjectsFixture.ts';
import { tfliteModel, tfliteSteps, type TfliteNumbers } from './tfliteModel.ts';

vi.mock(
  '@litertjs/core/wasm/litert_wasm_compat_internal.js',
  () => import('../../checks/liteRtFixture.ts'),
);
vi.mock('@litertjs/core/wasm/litert_wasm_compat_internal.wasm?url', () => ({ default: '' }));

const LABELS = ['first', 'second'];

async function answered(
  { network, inputShape, batch }: Subject,
  numbers: TfliteNumbers,
): Promise<Float32Array> {
  const parts = { network, inputShape, labels: LABELS, modelName: 'Small' };
  const bytes = await tfliteModel(parts, numbers);
  const { run } = await tflite.open([{ path: 'model.tflite', bytes }], inputShape);
  return run(batch, 2);
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
      const numbers = {
        kind: 'int8',
        ranges: measuredRanges(tfliteSteps(subject.network), subject),
      } as const;
      const answer = await answered(subject, numbers);
      expect(relativeDistance(answer, await subject.expected())).toBeLessThan(0.05);
    },
  );
});

describe('a TensorFlow Lite file', () => {
  const { network, inputShape } = WIDE;
  const write = (kind: 'float32' | 'float16', labels = LABELS) =>
    tfliteModel({ network, inputShape, labels, modelName: 'Wide' }, { kind });

  it('is half as large with kernels of 16 bits, and nearly answers the same', async () => {
    const [whole, half] = [await write('float32'), await write('float16')];
    expect(half.length).toBeLessThan(0.6 * whole.length);
    const answer = await answered(WIDE, { kind: 'float16' });
    expect(relativeDistance(answer, await WIDE.expected())).toBeLessThan(1e-3);
  });

  it('is a zip with the class names, one a line', async () => {
    const file = await write('float32', ['tabby\ncat', '<b>狗</b>']);
    const entries = await new ZipReader(new Uint8ArrayReader(file)).getEntries();
    const [labels] = entries.filter((entry) => !entry.directory);
    expect(entries.map(({ filename }) => filename)).toEqual(['labels.txt']);
    expect(await labels?.getData(new TextWriter())).toBe('tabby cat\n<b>狗</b>\n');
  });

  it('names the oldest runtime that has all its operators', async () => {
    const runtimeOf = async (subject: Subject) => {
      const parts = { ...subject, labels: LABELS, modelName: 'Small' };
      const [float, int8] = [
        { kind: 'float32' } as const,
        { kind: 'int8', ranges: measuredRanges(tfliteSteps(subject.network), subject) } as const,
      ].map((numbers) => tfliteModel(parts, numbers));
      const texts = [await float, await int8].map((file) => new TextDecoder('latin1').decode(file));
      return texts.map((file) => /\d+\.\d+\.\d+(?=\0{9})/u.exec(file)?.[0]);
    };
    expect(await runtimeOf(WIDE)).toEqual(['1.14.0', '1.14.0']);
    const gelu = SUBJECTS.find(({ name }) => name === 'Keras: activation gelu');
    expect(await runtimeOf(gelu ?? WIDE)).toEqual(['2.9.0', '2.9.0']);
  });

  it('is the same file for the same model', async () => {
    expect(await write('float32')).toEqual(await write('float32'));
  });
});
