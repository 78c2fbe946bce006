import { useLayoutEffect, useState, type RefObject } from 'react';

const GAP = 8;
const MIN_TILE = 118;
const MIN_TILE_NARROW = 84;
const NARROW = 560;

export interface GridSize {
  readonly numColumns: number;
  /** Pixels, with the gap below. */
  readonly rowHeight: number;
  /** Pixels from the top of the document. */
  readonly offsetTop: number;
}

/** How many square tiles fit into a width, and how tall a row of them is. */
export function gridSize(width: number): Pick<GridSize, 'numColumns' | 'rowHeight'> {
  const minTile = width < NARROW ? MIN_TILE_NARROW : MIN_TILE;
  const numColumns = Math.max(1, Math.floor((width + GAP) / (minTile + GAP)));
  return { numColumns, rowHeight: (width + GAP) / numColumns };
}

/** Measures the grid's box and follows its size. */
export function useGridSize(box: RefObject<HTMLElement | null>): GridSize {
  const [size, setSize] = useState<GridSize>({ numColumns: 1, rowHeight: 120, offsetTop: 0 });
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const measure = () => {
      const { width, top } = element.getBoundingClientRect();
      const next = { ...gridSize(width), offsetTop: top + scrollY };
      setSize((old) =>
        old.rowHeight === next.rowHeight && old.offsetTop === next.offsetTop ? old : next,
      );
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    observer.observe(document.body);
    return () => {
      observer.disconnect();
    };
  }, [box]);
  return size;
}
