import { useMemo } from 'react';
import { useThemeInForce, type Theme } from './theme.ts';

/** Number of colours in the palette; a `colorIndex` beyond it starts again. */
const NUM_CLASS_COLORS = 10;

/** The class colour as a CSS value that follows the theme. Text on it is `var(--class-text)`. */
export function classColor(colorIndex: number): string {
  return `var(--class-${String(Math.abs(colorIndex) % NUM_CLASS_COLORS)})`;
}

/** Resolves custom properties such as `--accent` to plain colours, for canvases; changes with the theme. */
export function useResolvedColors(names: readonly string[]): readonly string[] {
  const theme = useThemeInForce();
  const key = names.join(' ');
  return useMemo(() => resolve(theme, key.split(' ')), [key, theme]);
}

/** The theme is not read, but what the properties resolve to changes with it. */
function resolve(_theme: Theme, names: readonly string[]): readonly string[] {
  const style = getComputedStyle(document.documentElement);
  return names.map((name) => style.getPropertyValue(name).trim());
}
