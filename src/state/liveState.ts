import type { Prediction } from '../domain/prediction.ts';
import type { LiveHead } from '../domain/liveHead.ts';

/** Answers from the photos as they are, before anything is trained. */
export interface LiveSlice {
  /** Of the open project; `null` until two of its classes have photos that are computed. */
  readonly liveHead: LiveHead | null;
  /** Computes what is missing and takes it in. Asked for again meanwhile, it goes on with what is new by then. */
  readonly refreshLive: () => Promise<void>;
  /** Ends what `refreshLive` is at; what is computed stays. */
  readonly pauseLive: () => void;
  readonly predictLiveFrame: (frame: ImageBitmap) => Promise<Prediction>;
}
