import { startProcessorBackend } from '../engine/startProcessorBackend.ts';

let starting: Promise<unknown> | null = null;

/** Starts TF.js once, also where a check begins before its preparation has ended. Errors: backend-unavailable. */
export function startTfjs(): Promise<unknown> {
  return (starting ??= startProcessorBackend());
}
