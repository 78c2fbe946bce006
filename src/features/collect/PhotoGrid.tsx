import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useId, type KeyboardEvent, type RefObject } from 'react';
import type { SampleId } from '../../domain/ids.ts';
import type { Framing } from '../../domain/preprocessing.ts';
import type { Sample } from '../../domain/project.ts';
import styles from './PhotoGrid.module.css';
import { PhotoTile, type ClickMode } from './PhotoTile.tsx';
import {
  choose,
  chooseAll,
  extendTo,
  movedIndex,
  NOTHING_CHOSEN,
  toggle,
  type Selection,
} from './selection.ts';
import { useGridSize } from './useGridSize.ts';

const OVERSCAN_ROWS = 4;

interface PhotoGridProps {
  readonly gridRef: RefObject<HTMLDivElement | null>;
  readonly label: string;
  readonly samples: readonly Sample[];
  /** Ids of `samples`. */
  readonly order: readonly SampleId[];
  readonly framing: Framing;
  readonly selection: Selection<SampleId>;
  readonly onSelect: (selection: Selection<SampleId>) => void;
  readonly onDelete: () => void;
}

/** A list box laid out as a grid. Only the rows in sight exist, so thousands of photos scroll smoothly. */
export function PhotoGrid(props: PhotoGridProps) {
  const { gridRef, label, samples, order, framing, selection, onSelect, onDelete } = props;
  const id = useId();
  const { numColumns, rowHeight, offsetTop } = useGridSize(gridRef);
  const rows = useWindowVirtualizer({
    count: Math.ceil(samples.length / numColumns),
    estimateSize: () => rowHeight,
    overscan: OVERSCAN_ROWS,
    scrollMargin: offsetTop,
    // Room for the header and the bar above the grid.
    scrollPaddingStart: 130,
    scrollPaddingEnd: 90,
  });
  const cursor = selection.cursor ?? order[0] ?? null;

  const onTileClick = useCallback(
    (sampleId: SampleId, mode: ClickMode) => {
      if (mode === 'range') onSelect(extendTo(order, selection, sampleId));
      else if (mode === 'toggle') onSelect(toggle(selection, sampleId));
      else onSelect(choose(sampleId));
    },
    [order, selection, onSelect],
  );
  const onKeyDown = (event: KeyboardEvent) => {
    const index = cursor === null ? 0 : order.indexOf(cursor);
    const target = movedIndex(event.key, index, order.length, numColumns);
    const next = target === null ? null : selectionForMove(event.shiftKey, target);
    const chosen = next ?? selectionForKey(event);
    if (chosen === null && event.key !== 'Delete' && event.key !== 'Backspace') return;
    event.preventDefault();
    if (chosen === null) onDelete();
    else onSelect(chosen);
    if (target !== null) rows.scrollToIndex(Math.floor(target / numColumns));
  };
  const selectionForMove = (isRange: boolean, target: number): Selection<SampleId> | null => {
    const to = order[target];
    if (to === undefined) return null;
    const from = { ...selection, anchor: selection.anchor ?? cursor };
    return isRange ? extendTo(order, from, to) : { ...selection, cursor: to };
  };
  const selectionForKey = (event: KeyboardEvent): Selection<SampleId> | null => {
    if (event.key === ' ' && cursor !== null) return toggle(selection, cursor);
    if (event.key === 'Escape') return { ...NOTHING_CHOSEN, cursor: selection.cursor };
    const isAll = event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey);
    return isAll ? chooseAll(order, selection) : null;
  };

  return (
    <div
      ref={gridRef}
      role="listbox"
      aria-label={label}
      aria-multiselectable="true"
      aria-activedescendant={cursor === null ? undefined : `${id}-${cursor}`}
      tabIndex={0}
      className={styles['grid']}
      style={{ height: rows.getTotalSize() }}
      onKeyDown={onKeyDown}
    >
      {rows.getVirtualItems().map((row) => (
        <div
          key={row.key}
          role="presentation"
          className={styles['row']}
          style={{
            transform: `translateY(${row.start - offsetTop}px)`,
            gridTemplateColumns: `repeat(${numColumns}, minmax(0, 1fr))`,
          }}
        >
          {samples
            .slice(row.index * numColumns, (row.index + 1) * numColumns)
            .map((sample, column) => (
              <PhotoTile
                key={sample.id}
                domId={`${id}-${sample.id}`}
                sample={sample}
                position={row.index * numColumns + column + 1}
                numPhotos={samples.length}
                framing={framing}
                isChosen={selection.chosen.has(sample.id)}
                isCursor={sample.id === cursor}
                onClick={onTileClick}
              />
            ))}
        </div>
      ))}
    </div>
  );
}
