import { describe, expect, it } from 'vitest';
import { indexOfLargest } from '../metrics.ts';
import { createRandom } from '../random.ts';
import figures from './figures/transferScores.json' with { type: 'json' };
import { shrunkHScore } from './hScore.ts';
import { leep } from './leep.ts';
import { logme } from './logme.ts';
import { negativeConditionalEntropy } from './nce.ts';
import { measureSpectrum } from './spectrum.ts';

// Made by tools/transfer-figures with the published implementations.
describe.each(figures.cases)('on $size activations of $numClasses classes', (stored) => {
  const { size, numClasses, numSources, classIndices, sourceProbabilities } = stored;
  const rows = Float64Array.from(stored.activations, Math.fround);
  const labelled = { rows, size, classIndices, numClasses };

  it('gives the LogME of its authors', () => {
    expect(logme(measureSpectrum(labelled))).toBeCloseTo(stored.logme, 6);
  });

  it('gives the shrunk H-score', () => {
    expect(shrunkHScore(labelled)).toBeCloseTo(stored.hScore, 6);
  });

  it('gives NCE and LEEP', () => {
    const sources = classIndices.map((_, sample) =>
      indexOfLargest(sourceProbabilities, sample * numSources, numSources),
    );
    expect(negativeConditionalEntropy(sources, classIndices)).toBeCloseTo(stored.nce, 9);
    const probabilities = sourceProbabilities;
    expect(leep({ probabilities, numSources, classIndices, numClasses })).toBeCloseTo(
      stored.leep,
      6,
    );
  });
});

it('finds the singular values of what has fewer dimensions than it could', () => {
  // Rows (1,2), (2,4), (3,6): rank one, with a squared singular value of 14 · 5.
  const rows = Float64Array.from([1, 2, 2, 4, 3, 6]);
  const { squares } = measureSpectrum({ rows, size: 2, classIndices: [0, 0, 1], numClasses: 2 });
  expect([...squares].map((square) => Number(square.toFixed(9)))).toEqual([70]);
});

it('scores activations that tell classes apart above those that do not', () => {
  const { next } = createRandom(3);
  const classIndices = Array.from({ length: 60 }, (_, sample) => sample % 3);
  const score = (signal: number) => {
    const rows = Float64Array.from({ length: 60 * 8 }, (_, position) => {
      const isOwn = position % 8 === Math.floor(position / 8) % 3;
      return next() + (isOwn ? signal : 0);
    });
    const labelled = { rows, size: 8, classIndices, numClasses: 3 };
    return [logme(measureSpectrum(labelled)), shrunkHScore(labelled)] as const;
  };
  const [noise, signal] = [score(0), score(2)];
  expect(signal[0]).toBeGreaterThan(noise[0] + 0.1);
  expect(signal[1]).toBeGreaterThan(noise[1] + 0.5);
});
