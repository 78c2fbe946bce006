import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ClassLabelId, RunId } from '../../domain/ids.ts';
import { TEST_BACKENDS, useTestBackend } from '../../engine/backendFixture.ts';
import type { LearntHead } from '../solver.ts';
import { CONFIG, solved, storedPart, type SolvedDeeper } from './deeperFixture.ts';

const idsOf = (...names: string[]) => names as unknown as ClassLabelId[];
const BEFORE = idsOf('cat', 'dog', 'fox');
/** So short a way that it ends where it began. */
const STAYING = { ...CONFIG, epochs: 1, learningRate: 1e-6 } as const;

const learntBy = ({ weights, tuned = [] }: SolvedDeeper): LearntHead => {
  return { weights, tuned, labelIds: BEFORE };
};

/** Answers [numPhotos][numClasses] on the photos of the fixture. */
async function rowsOf({ answer, weights }: SolvedDeeper): Promise<number[][]> {
  const part = await storedPart();
  const answers = [...((await answer?.(part)) ?? [])];
  const numClasses = weights.bias.length;
  return Array.from(part.classIndices, (_, i) =>
    answers.slice(i * numClasses, (i + 1) * numClasses),
  );
}

/** The fixture's photos in the classes that its own three have become. */
async function setOf(labelIds: readonly ClassLabelId[], becomes: readonly number[]) {
  const { activations, classIndices } = await storedPart();
  const train = { activations, classIndices: classIndices.map((own) => becomes[own] ?? 0) };
  return { train, labelIds, numClasses: labelIds.length };
}

const bitsOf = ({ weights: { kernel, bias }, tuned = [] }: SolvedDeeper) =>
  [kernel, bias, ...tuned.map(({ values }) => values)].map((values) => [
    ...new Uint32Array(values.slice().buffer),
  ]);

/** Largest distance of what the classes at `after` say among themselves from what those at `before` said. */
function distanceAmong(
  rows: { readonly before: number[][]; readonly after: number[][] },
  before: readonly number[],
  after: readonly number[],
): number {
  const among = (row: readonly number[], columns: readonly number[]) => {
    const total = columns.reduce((sum, column) => sum + (row[column] ?? NaN), 0);
    return columns.map((column) => (row[column] ?? NaN) / total);
  };
  const distances = rows.after.flatMap((row, i) => {
    const expected = among(rows.before[i] ?? [], before);
    return among(row, after).map((share, k) => Math.abs(share - (expected[k] ?? NaN)));
  });
  return Math.max(...distances);
}

describe.each(TEST_BACKENDS)('training of layers that goes on, on %s', (backend) => {
  beforeEach(async () => {
    await useTestBackend(backend);
    vi.stubGlobal('navigator', { deviceMemory: 4 });
  });

  it('comes to the same bits by three epochs and three more as by six', async () => {
    const config = { ...CONFIG, epochs: 6, batchNorm: 'trained' } as const;
    const whole = await solved(config);
    const first = await solved({ ...config, epochs: 3 });
    const epochs = first.losses.map((loss, i) => ({
      ...{ epoch: i + 1, loss, accuracy: 0, validationLoss: null, validationAccuracy: null },
      durationMs: 1,
    }));
    const checkpoint = { runId: 'first' as RunId, epochs, durationMs: 1, state: first.state };
    const more = await solved(config, {}, { checkpoint });
    expect([...first.losses, ...more.losses]).toEqual(whole.losses);
    expect(bitsOf(more)).toEqual(bitsOf(whole));
    expect(bitsOf(more)).not.toEqual(bitsOf(first));
  });

  it('begins with all that was tuned, also where less is trained now', async () => {
    const first = await solved({ ...CONFIG, batchNorm: 'trained' });
    const labelIds = BEFORE;
    const more = await solved(STAYING, { labelIds }, { head: learntBy(first) });
    const rows = { before: await rowsOf(first), after: await rowsOf(more) };
    expect(distanceAmong(rows, [0, 1, 2], [0, 1, 2])).toBeLessThan(1e-3);
    const rolesOf = ({ tuned = [] }: SolvedDeeper) => tuned.map(({ role }) => role);
    expect(rolesOf(more)).toEqual(rolesOf(first));
    const anew = { before: rows.before, after: await rowsOf(await solved(STAYING)) };
    expect(distanceAmong(anew, [0, 1, 2], [0, 1, 2])).toBeGreaterThan(0.01);
  });

  it.each([
    // A third of the photos have become those of a new class.
    {
      change: 'an added class in place of another',
      now: idsOf('ape', 'cat', 'dog'),
      becomes: [1, 2, 0],
      before: [0, 1],
      after: [1, 2],
    },
    {
      change: 'a removed class',
      now: idsOf('fox', 'cat'),
      becomes: [1, 0, 0],
      before: [2, 0],
      after: [0, 1],
    },
  ])('keeps what it has learnt about other classes: $change', async (each) => {
    const first = await solved({ ...CONFIG, epochs: 12 });
    const set = await setOf(each.now, each.becomes);
    const more = await solved(STAYING, set, { head: learntBy(first) });
    const rows = { before: await rowsOf(first), after: await rowsOf(more) };
    expect(distanceAmong(rows, each.before, each.after)).toBeLessThan(1e-3);
  });

  it('begins a new class where it can tell it from the others', async () => {
    const first = await solved({ ...CONFIG, epochs: 12 });
    const set = await setOf(idsOf('cat', 'dog', 'ape'), [0, 1, 2]);
    const more = await solved(STAYING, set, { head: learntBy(first) });
    expect(more.losses[0]).toBeLessThan(0.8 * Math.log(3));
  });
});
