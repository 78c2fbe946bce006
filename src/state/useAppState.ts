import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { AppStore } from './store.ts';

/** The one store, provided by `main.tsx`; tests provide their own. */
export const AppStoreContext = createContext<AppStore | null>(null);

/** Selects from the store; the component renders again when the selected value changes. */
export function useAppState<Selected>(
  select: (state: ReturnType<AppStore['getState']>) => Selected,
): Selected {
  const store = useContext(AppStoreContext);
  if (store === null) throw new Error('useAppState outside of AppStoreContext');
  return useStore(store, select);
}
