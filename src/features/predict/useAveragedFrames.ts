import { useCallback, useState } from 'react';
import { averagingOf, numAveraged } from '../../domain/averaging.ts';
import type { HeadId } from '../../domain/ids.ts';
import type { Prediction } from '../../domain/prediction.ts';
import { useAppState } from '../../state/useAppState.ts';

/** Slower answers no longer follow what is held before the camera. */
const MAX_FRAME_MS = 400;

/** Frames as they are, before it is settled. */
const NUM_TIMED = 3;

/** How frames are answered, and what that costs. */
export interface AveragedFrames {
  readonly predict: (frame: ImageBitmap) => Promise<Prediction>;
  readonly numViews: number;
  /** Of averaging over all views; `null` until it is known, or where there is one view. */
  readonly frameMs: number | null;
  /** Whether that is quick enough to be done. */
  readonly isAveraged: boolean;
}

/**
 * Answers frames by a stored head, averaged over the project's views where this machine is quick enough:
 * how long a frame as it is takes is measured first. `predict` stays the same until that is known.
 */
export function useAveragedFrames(headId: HeadId | null): AveragedFrames {
  const predictFrame = useAppState((state) => state.predictFrame);
  const averaging = useAppState(({ project }) => averagingOf(project ?? {}));
  const [timed, setTimed] = useState<TimedFrames>({ of: '', framesMs: [] });
  const model = `${headId ?? ''} ${averaging}`;
  const numViews = numAveraged(averaging);
  const framesMs = timed.of === model ? timed.framesMs : [];
  const isToMeasure = numViews > 1 && framesMs.length < NUM_TIMED;
  // The shortest: others waited for the head to be loaded, or for something else to be computed.
  const frameMs = numViews === 1 || isToMeasure ? null : Math.min(...framesMs) * numViews;
  const isAveraged = frameMs !== null && frameMs <= MAX_FRAME_MS;
  const predict = useCallback(
    async (frame: ImageBitmap) => {
      if (headId === null) throw new RangeError('There is no head to answer');
      const prediction = await predictFrame(headId, isAveraged ? averaging : 'none', frame);
      if (isToMeasure) setTimed((before) => withFrame(before, model, prediction.durationMs));
      return prediction;
    },
    [headId, predictFrame, averaging, model, isToMeasure, isAveraged],
  );
  return { predict, numViews, frameMs, isAveraged };
}

/** Frames as they are, answered by one model. */
interface TimedFrames {
  readonly of: string;
  readonly framesMs: readonly number[];
}

function withFrame({ of, framesMs }: TimedFrames, model: string, durationMs: number): TimedFrames {
  return { of: model, framesMs: [...(of === model ? framesMs : []), durationMs] };
}
