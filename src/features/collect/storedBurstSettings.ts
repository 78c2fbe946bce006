import {
  BURST_LIMITS,
  DEFAULT_BURST,
  isBurstValue,
  type BurstField,
  type BurstSettings,
} from './burstSchedule.ts';

const STORAGE_KEY = 'graft.burst';

/** What was set last in this browser; the default for everything that is missing or out of its limits. */
export function loadBurstSettings(): BurstSettings {
  const stored = parse(localStorage.getItem(STORAGE_KEY));
  const numbers = Object.fromEntries(
    (Object.keys(BURST_LIMITS) as BurstField[]).map((field) => {
      const value = stored[field];
      const isUsable = typeof value === 'number' && isBurstValue(field, value);
      return [field, isUsable ? value : DEFAULT_BURST[field]];
    }),
  ) as Record<BurstField, number>;
  return { ...numbers, isHandsFree: stored['isHandsFree'] === true };
}

export function storeBurstSettings(settings: BurstSettings): void {
  localStorage.setItem(STORAGE_KEY, JSON.stringify(settings));
}

function parse(text: string | null): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
