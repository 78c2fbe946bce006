import { useMemo } from 'react';
import { useThemeInForce } from './theme.ts';

/** Number of colours in the palette; a `colorIndex` beyond it starts again. */
export const NUM_CLASS_COLORS = 10;

/** The class colour as a CSS value that follows the theme. Text on it is `var(--class-text)`. */
export function classColor(colorIndex: number): string {
  return `var(--class-${String(Math.abs(colorIndex) % NUM_CLASS_COLORS)})`;
}

/** Resolves custom properties such as `--accent` to plain colours, for canvases; changes with the theme. */
export function useResolvedColors(names: readonly string[]): readonly string[] {
  const theme = useThemeInForce();
  const key = names.join(' ');
  return useMemo(() => {
    // The theme is a dependency because it changes what the properties resolve to.
    void theme;
    const style = getComputedStyle(document.documentElement);
    return key.split(' ').map((name) => style.getPropertyValue(name).trim());
  }, [key, theme]);
}
