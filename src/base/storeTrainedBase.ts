import type { BaseMethods } from '../bridge/protocol.ts';
import type { BaseTraining } from '../domain/baseModel.ts';
import { GraftError } from '../domain/errors.ts';
import {
  FROZEN_CUT,
  numPixelValues,
  twoConvolutionPixels,
  twoConvolutionSizes,
} from '../domain/twoConvolutions.ts';
import { openFiles } from '../engine/openFiles.ts';
import { inferShapes } from '../network/inferShapes.ts';
import type { OpenedBase } from '../network/openNetwork.ts';
import { putStoredBase } from '../storage/bases.ts';
import { baseFromFiles } from './baseFromFiles.ts';
import { describeOn } from './describeBase.ts';
import { sizeOf } from './downloadBase.ts';
import type { Services } from './services.ts';

type Store = BaseMethods['storeTrainedBase'];

/**
 * Stores a network that was trained here, or that an archive brings, as any other base: read back from
 * its files, known by its hash. The same weights, trained again, take the place of the first.
 */
export async function storeTrainedBase(
  { database, loadBase, runner }: Pick<Services, 'database' | 'loadBase' | 'runner'>,
  { name, files, training, graphHash }: Store['params'],
): Promise<Store['result']> {
  const named = files.map(({ path, bytes }) => ({ name: path, blob: bytes }));
  const origin = { name, origin: 'trained', addresses: [], sizeBytes: sizeOf(named) } as const;
  const opened = await openFiles(named);
  const found = await baseFromFiles(opened, origin, describeOn(runner));
  if (graphHash !== null && found.graphHash !== graphHash) {
    const details = { base: name, found: found.graphHash };
    throw new GraftError('base-hash-mismatch', `${name} is not what it should be`, details);
  }
  if (found.origin !== 'trained' || !isMadeOf(opened, training)) {
    throw new GraftError('base-invalid', `${name} is not the network that was trained`);
  }
  const pixelRange = twoConvolutionPixels(training.settings);
  const known = { pixelRange, isPixelRangeGuessed: false, defaultCut: FROZEN_CUT, training };
  const base = { ...found, ...known };
  await putStoredBase(database, { id: base.id, base, files: named, storedAt: Date.now() }, null);
  loadBase.forget(base.id);
  return { base };
}

/** Else its cut and its pixels would be those of another network. */
function isMadeOf(opened: OpenedBase, { settings, classNames }: BaseTraining): boolean {
  if (!('network' in opened)) return false;
  const shapes = inferShapes(opened.network);
  const { inputSize, filters } = settings;
  const { sides } = twoConvolutionSizes(settings, classNames.length);
  const isShaped = (position: number, ...shape: number[]) =>
    shapes[position]?.join() === shape.join();
  return (
    isShaped(0, inputSize, inputSize, numPixelValues(settings)) &&
    isShaped(FROZEN_CUT.positions[0] ?? 0, sides[2], sides[2], filters) &&
    isShaped(shapes.length - 1, classNames.length)
  );
}
