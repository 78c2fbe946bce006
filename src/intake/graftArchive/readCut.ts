import { CUT_POOLINGS, type Cut } from '../../domain/cut.ts';
import { fieldsOf, listOf, oneOf, refuse, wholeOf, type Found } from './checks.ts';

export const MAX_POSITION = 100_000;
const MAX_POSITIONS = 16;

/** The cut of a project or a run. Version 1 had one position, always averaged. Errors: archive-invalid. */
export function readCut(field: (key: string) => Found): Cut {
  const found = field('cut');
  if (found.value === undefined) {
    const position = wholeOf(field('cutPosition'), 0, MAX_POSITION);
    return { positions: [position], pooling: 'global-average' };
  }
  return readPositions(found);
}

/** A cut as it is written since version 2. Errors: archive-invalid. */
export function readPositions(found: Found): Cut {
  const part = fieldsOf(found);
  const positions = listOf(part('positions'), MAX_POSITIONS, (item) =>
    wholeOf(item, 0, MAX_POSITION),
  );
  const isAscending = positions.every(
    (position, i) => i === 0 || position > (positions[i - 1] ?? 0),
  );
  if (positions.length === 0 || !isAscending) refuse(part('positions'), 'ascending and not empty');
  return { positions, pooling: oneOf(part('pooling'), CUT_POOLINGS) };
}
