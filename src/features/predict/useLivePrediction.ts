import { useEffect, useState, type RefObject } from 'react';
import { toGraftError } from '../../domain/errors.ts';
import type { HeadId } from '../../domain/ids.ts';
import type { Failure } from '../../state/failure.ts';
import { useAppState } from '../../state/useAppState.ts';
import { runFrameLoop, type LivePrediction } from './frameLoop.ts';

export type LiveStatus =
  | { readonly status: 'waiting' }
  | { readonly status: 'predicting'; readonly live: LivePrediction }
  | { readonly status: 'failed'; readonly failure: Failure };

const WAITING: LiveStatus = { status: 'waiting' };

/** Classifies what the video shows as long as there is a stream. */
export function useLivePrediction(
  video: RefObject<HTMLVideoElement | null>,
  stream: MediaStream | null,
  headId: HeadId,
): LiveStatus {
  const predictFrame = useAppState((state) => state.predictFrame);
  const [shown, setShown] = useState<{ source: MediaStream; status: LiveStatus } | null>(null);

  useEffect(() => {
    const element = video.current;
    if (stream === null || element === null) return;
    const show = (status: LiveStatus) => {
      setShown({ source: stream, status });
    };
    const controller = new AbortController();
    runFrameLoop({
      video: element,
      predict: (frame) => predictFrame(headId, frame),
      onPrediction: (live) => {
        show({ status: 'predicting', live });
      },
      signal: controller.signal,
    }).catch((thrown: unknown) => {
      if (!controller.signal.aborted) show({ status: 'failed', failure: toGraftError(thrown) });
    });
    return () => {
      controller.abort();
    };
  }, [video, stream, headId, predictFrame]);

  return shown !== null && shown.source === stream ? shown.status : WAITING;
}
