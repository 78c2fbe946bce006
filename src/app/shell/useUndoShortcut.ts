import { useEffect } from 'react';
import { useAppState } from '../../state/useAppState.ts';

/** Fields have an undo of their own, which must not be taken away. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio'].includes(target.type);
  return target.isContentEditable || target instanceof HTMLTextAreaElement;
}

/** Ctrl+Z, on a Mac ⌘Z, takes back the newest change. */
export function useUndoShortcut(): void {
  const undoLast = useAppState((state) => state.undoLast);
  useEffect(() => {
    const undo = (event: KeyboardEvent) => {
      const isShortcut = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
      if (!isShortcut || event.key.toLowerCase() !== 'z' || isTyping(event.target)) return;
      event.preventDefault();
      void undoLast();
    };
    addEventListener('keydown', undo);
    return () => removeEventListener('keydown', undo);
  }, [undoLast]);
}
