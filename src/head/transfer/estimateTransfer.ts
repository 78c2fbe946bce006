import { createRandom } from '../../domain/random.ts';
import { shrunkHScore } from '../../domain/transfer/hScore.ts';
import { logme } from '../../domain/transfer/logme.ts';
import { measureSpectrum } from '../../domain/transfer/spectrum.ts';
import type { TransferReport } from '../../domain/transferReport.ts';
import type { FoldTask } from './answerHeldOut.ts';

/** With more photos the estimates hardly move, and the time grows with their square. */
const MAX_PHOTOS = 1000;

/** LogME and the shrunk H-score, on as many photos, drawn by the seed, as seconds allow. */
export function estimateTransfer({
  data: { activations, classIndices },
  numClasses,
  seed,
}: FoldTask): Pick<TransferReport, 'logme' | 'hScore'> {
  const size = activations.length / classIndices.length;
  const drawn = createRandom(seed)
    .shuffled([...classIndices.keys()])
    .slice(0, MAX_PHOTOS);
  const rows = new Float64Array(drawn.length * size);
  for (const [index, row] of drawn.entries()) {
    rows.set(activations.subarray(row * size, (row + 1) * size), index * size);
  }
  // Classes of which no photo was drawn have no evidence.
  const classes = [...new Set(drawn.map((row) => classIndices[row] ?? 0))];
  const labelled = {
    rows,
    size,
    classIndices: drawn.map((row) => classes.indexOf(classIndices[row] ?? 0)),
    numClasses: Math.min(numClasses, classes.length),
  };
  return { logme: logme(measureSpectrum(labelled)), hScore: shrunkHScore(labelled) };
}
