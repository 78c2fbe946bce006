import { GraftError } from './errors.ts';

/**
 * Of the device's memory, at most this share is for training. Browsers say how much there is only roughly
 * and up to 8 GiB; where they say nothing, little is assumed.
 */
const MEMORY_SHARE = 0.25;
const ASSUMED_GIB = 4;

/** Once as they are stored, in two bytes each, and once as numbers to compute with. */
const BYTES_PER_ACTIVATION = 6;

/** What training may take, of its photos' activations and again beside them, on a device with so much memory. */
export function trainingBudgetBytes(deviceMemoryGib: number = ASSUMED_GIB): number {
  return deviceMemoryGib * 2 ** 30 * MEMORY_SHARE;
}

/** Of the browser that this runs in; Chromium's alone, and not in the types of TypeScript. */
export function deviceMemoryGib(): number | undefined {
  return (navigator as { readonly deviceMemory?: number }).deviceMemory;
}

/** Errors: training-too-large {neededMib, availableMib} where activations of so many photos are too many. */
export function requireActivationMemory(
  numRows: number,
  activationSize: number,
  availableBytes: number,
): void {
  const neededBytes = numRows * activationSize * BYTES_PER_ACTIVATION;
  if (neededBytes <= availableBytes) return;
  const toMib = (bytes: number) => Math.round(bytes / 2 ** 20);
  const [neededMib, availableMib] = [toMib(neededBytes), toMib(availableBytes)];
  const message = `Activations take ${String(neededMib)} MiB of ${String(availableMib)} MiB`;
  throw new GraftError('training-too-large', message, { neededMib, availableMib });
}
