import { useEffect } from 'react';
import { useAppState } from '../../state/useAppState.ts';

/** Asks the browser not to clear the photos by itself, once there are any. A refusal changes nothing. */
export function usePersistentStorage(): void {
  const hasPhotos = useAppState((state) => state.samples.length > 0);
  useEffect(() => {
    // Missing outside of secure contexts, whatever the DOM types say.
    const storage = navigator.storage as StorageManager | undefined;
    if (hasPhotos) void storage?.persist().catch(() => false);
  }, [hasPhotos]);
}
