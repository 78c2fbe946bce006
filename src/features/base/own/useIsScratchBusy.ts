import type { ScratchStatus } from '../../../state/ownBaseState.ts';
import { useAppState } from '../../../state/useAppState.ts';

/** Whether a base is being trained or compared: one at a time. */
export function useIsScratchBusy(): boolean {
  return useAppState(({ ownBase, comparing }) => isRunning(ownBase) || isRunning(comparing));
}

function isRunning({ status }: ScratchStatus): boolean {
  return status === 'computing' || status === 'fitting';
}
