/**
 * Of the device's memory, at most this share is for training. Browsers say how much there is only roughly
 * and up to 8 GiB; where they say nothing, little is assumed.
 */
const MEMORY_SHARE = 0.25;
const ASSUMED_GIB = 4;

/** What training may take beside its photos' activations. */
export function trainingBudgetBytes(): number {
  const { deviceMemory = ASSUMED_GIB } = navigator as { readonly deviceMemory?: number };
  return deviceMemory * 2 ** 30 * MEMORY_SHARE;
}
