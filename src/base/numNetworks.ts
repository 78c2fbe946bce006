/**
 * Of the device's memory, at most this share is for networks. Browsers say how much there is only
 * roughly and up to 8 GiB; where they say nothing, little is assumed.
 */
const MEMORY_SHARE = 0.25;
const ASSUMED_GIB = 4;

/** What a copy takes for each byte of weights: XNNPACK packs them anew beside the tensors. */
const BYTES_PER_WEIGHT_BYTE = 2.6;
/** TF.js itself, its activations and the photos of a batch. */
const FIXED_BYTES = 64 * 2 ** 20;

/** More cores than these are as good as always shared by two threads each. */
const MAX_WORKERS = 8;

/** Workers that decode photos, and run small networks on them: one per core. */
export function numPhotoWorkers(numCores: number): number {
  return Math.min(Math.max(numCores, 1), MAX_WORKERS);
}

/**
 * How many photo workers may have a copy of a network with `weightBytes`, beside the one that the
 * base worker has. Less than two are not worth it: the base worker then runs it alone.
 */
export function numNetworks(
  weightBytes: number,
  numWorkers: number,
  deviceMemoryGib: number | undefined = ASSUMED_GIB,
): number {
  const budget = deviceMemoryGib * 2 ** 30 * MEMORY_SHARE;
  const numCopies = Math.floor(budget / (weightBytes * BYTES_PER_WEIGHT_BYTE + FIXED_BYTES));
  const numBeside = Math.min(numCopies - 1, numWorkers);
  return numBeside < 2 ? 0 : numBeside;
}
