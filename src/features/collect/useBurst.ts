import { useCallback, useEffect, useRef, useState } from 'react';
import { burstPhase, type BurstPhase, type BurstSettings } from './burstSchedule.ts';

export interface Burst {
  /** `null` while nothing is going on. */
  readonly phase: BurstPhase | null;
  readonly start: () => void;
  readonly stop: () => void;
}

/**
 * Runs `takePicture` to the schedule of the settings. One picture at a time:
 * where the machine cannot keep up, pictures are left out rather than queued.
 */
export function useBurst(settings: BurstSettings, takePicture: () => Promise<void>): Burst {
  const [phase, setPhase] = useState<BurstPhase | null>(null);
  const frame = useRef<number | null>(null);

  const stop = useCallback(() => {
    if (frame.current !== null) cancelAnimationFrame(frame.current);
    frame.current = null;
    setPhase(null);
  }, []);

  const start = useCallback(() => {
    if (frame.current !== null) return;
    const startedAt = performance.now();
    let framesTaken = 0;
    let isTaking = false;
    const tick = () => {
      const now = burstPhase(settings, performance.now() - startedAt);
      if (now.kind === 'finished') {
        stop();
        return;
      }
      setPhase((old) => (isSamePhase(old, now) ? old : now));
      if (now.kind === 'recording' && now.framesDue > framesTaken && !isTaking) {
        framesTaken = now.framesDue;
        isTaking = true;
        void takePicture().finally(() => {
          isTaking = false;
        });
      }
      frame.current = requestAnimationFrame(tick);
    };
    frame.current = requestAnimationFrame(tick);
  }, [settings, takePicture, stop]);

  useEffect(() => stop, [stop]);
  return { phase, start, stop };
}

/** Whether a new phase would look the same, so that most frames draw nothing. */
function isSamePhase(a: BurstPhase | null, b: BurstPhase): boolean {
  if (a?.kind === 'countdown' && b.kind === 'countdown') return a.secondsLeft === b.secondsLeft;
  return a?.kind === b.kind;
}
