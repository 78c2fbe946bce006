import { beforeAll, describe, expect, it } from 'vitest';
import { useTestBackend } from '../../engine/backendFixture.ts';
import { relativeDistance } from '../../engine/goldenFixture.ts';
import { createPlan } from '../../engine/plan.ts';
import { bytesInMemory } from '../../network/byteSource.ts';
import { openNetwork } from '../../network/openNetwork.ts';
import {
  ILL_CONDITIONED,
  measuredRanges,
  SUBJECTS,
  WIDE,
  type Subject,
} from '../../engine/exportSubjectsFixture.ts';
import { tfliteModel, tfliteSteps, type TfliteNumbers } from './tfliteModel.ts';

/** What the file that is written of a subject answers when it is read again. */
async function answerOf(
  { network, inputShape, batch }: Subject,
  numbers: TfliteNumbers,
): Promise<Float32Array> {
  const parts = { network, inputShape, labels: ['first', 'second'], modelName: 'Small' };
  const file = bytesInMemory('model.tflite', await tfliteModel(parts, numbers));
  const opened = await openNetwork([file]);
  if (!('network' in opened)) throw new Error('Not layers');
  expect(opened.pixelRange).toMatchObject({ scale: [1], offset: [0] });
  const plan = createPlan(opened.network, inputShape);
  const answer = await plan.run(batch, 2);
  plan.dispose();
  return answer;
}

beforeAll(() => useTestBackend('cpu'));

describe('a TensorFlow Lite file of ours is read again as layers', () => {
  it.each(SUBJECTS)('that answer as the network: $name', async (subject) => {
    const answer = await answerOf(subject, { kind: 'float32' });
    expect(relativeDistance(answer, await subject.expected())).toBeLessThan(1e-5);
  });

  it('that nearly do with kernels of 16 bits', async () => {
    const answer = await answerOf(WIDE, { kind: 'float16' });
    const distance = relativeDistance(answer, await WIDE.expected());
    expect(distance).toBeLessThan(1e-3);
    expect(distance).toBeGreaterThan(1e-6);
  });

  it.each(SUBJECTS.filter(({ name }) => name !== ILL_CONDITIONED))(
    'that nearly do with numbers of 8 bits: $name',
    async (subject) => {
      const numbers = {
        kind: 'int8',
        ranges: measuredRanges(tfliteSteps(subject.network), subject),
      } as const;
      const answer = await answerOf(subject, numbers);
      expect(relativeDistance(answer, await subject.expected())).toBeLessThan(0.05);
    },
  );
});
