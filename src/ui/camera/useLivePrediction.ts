import { useEffect, useState, type RefObject } from 'react';
import { toGraftError, type GraftError } from '../../domain/errors.ts';
import type { Prediction } from '../../domain/prediction.ts';
import { runFrameLoop, type LivePrediction } from './frameLoop.ts';

export type LiveStatus =
  | { readonly status: 'waiting' }
  | { readonly status: 'predicting'; readonly live: LivePrediction }
  | { readonly status: 'failed'; readonly failure: GraftError };

const WAITING: LiveStatus = { status: 'waiting' };

/** Classifies what the video shows as long as there is a stream; `predict` stays the same while its model does. */
export function useLivePrediction(
  video: RefObject<HTMLVideoElement | null>,
  stream: MediaStream | null,
  predict: (frame: ImageBitmap) => Promise<Prediction>,
): LiveStatus {
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
      predict,
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
  }, [video, stream, predict]);

  return shown !== null && shown.source === stream ? shown.status : WAITING;
}
