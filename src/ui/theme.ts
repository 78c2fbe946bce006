import { useSyncExternalStore } from 'react';

export type ThemeChoice = 'system' | 'light' | 'dark';
export type Theme = 'light' | 'dark';

export const THEME_CHOICES: readonly ThemeChoice[] = ['system', 'light', 'dark'];

const STORAGE_KEY = 'graft-theme';
const listeners = new Set<() => void>();

/** What the user chose; `system` unless they did. */
function themeChoice(): ThemeChoice {
  const stored = localStorage.getItem(STORAGE_KEY);
  return THEME_CHOICES.find((choice) => choice === stored) ?? 'system';
}

function themeInForce(): Theme {
  return document.documentElement.dataset['theme'] === 'dark' ? 'dark' : 'light';
}

function apply(prefersDark: boolean): void {
  const choice = themeChoice();
  const theme = choice === 'system' ? (prefersDark ? 'dark' : 'light') : choice;
  document.documentElement.dataset['theme'] = theme;
  for (const listener of listeners) listener();
}

const darkQuery = (): MediaQueryList => matchMedia('(prefers-color-scheme: dark)');

/** Puts the theme on the document and follows the system from then on. Call once, before the first render. */
export function startTheme(): void {
  const query = darkQuery();
  apply(query.matches);
  query.addEventListener('change', (event) => {
    apply(event.matches);
  });
}

export function chooseTheme(choice: ThemeChoice): void {
  localStorage.setItem(STORAGE_KEY, choice);
  apply(darkQuery().matches);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useThemeChoice(): ThemeChoice {
  return useSyncExternalStore(subscribe, themeChoice);
}

/** The theme that is shown, for what CSS cannot reach, such as canvases. */
export function useThemeInForce(): Theme {
  return useSyncExternalStore(subscribe, themeInForce);
}
