/** How pictures are taken from the webcam. */
export interface BurstSettings {
  readonly framesPerSecond: number;
  /** Starts with a press and stops by itself; else it records as long as the button is held. */
  readonly isHandsFree: boolean;
  /** Hands-free only. */
  readonly countdownSeconds: number;
  /** Number of photos of a hands-free burst. */
  readonly burstLength: number;
}

export const DEFAULT_BURST: BurstSettings = {
  framesPerSecond: 5,
  isHandsFree: false,
  countdownSeconds: 3,
  burstLength: 30,
};

export const BURST_LIMITS = {
  framesPerSecond: { min: 1, max: 15 },
  countdownSeconds: { min: 0, max: 30 },
  burstLength: { min: 1, max: 500 },
} as const;

export type BurstField = keyof typeof BURST_LIMITS;

export function isBurstValue(field: BurstField, value: number): boolean {
  const { min, max } = BURST_LIMITS[field];
  return Number.isInteger(value) && value >= min && value <= max;
}

export type BurstPhase =
  | { readonly kind: 'countdown'; readonly secondsLeft: number }
  /** `framesDue`: how many should have been taken by now, the first one at once. */
  | { readonly kind: 'recording'; readonly framesDue: number }
  | { readonly kind: 'finished'; readonly framesDue: number };

/** What a burst is doing `elapsedMs` after it was started. */
export function burstPhase(settings: BurstSettings, elapsedMs: number): BurstPhase {
  const countdownMs = settings.isHandsFree ? settings.countdownSeconds * 1000 : 0;
  if (elapsedMs < countdownMs)
    return { kind: 'countdown', secondsLeft: Math.ceil((countdownMs - elapsedMs) / 1000) };
  const recordedMs = elapsedMs - countdownMs;
  const framesDue = Math.floor((recordedMs * settings.framesPerSecond) / 1000) + 1;
  if (!settings.isHandsFree || framesDue <= settings.burstLength)
    return { kind: 'recording', framesDue };
  return { kind: 'finished', framesDue: settings.burstLength };
}
