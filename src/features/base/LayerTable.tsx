import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { cutTotals, type BaseSummary, type LayerUse } from '../../domain/baseSummary.ts';
import type { Cut } from '../../domain/cut.ts';
import { canJoin } from './cutEditing.ts';
import { CutTotals } from './CutTotals.tsx';
import { LayerTableRow } from './LayerTableRow.tsx';
import styles from './LayerTable.module.css';
import { layerRows } from './layerRows.ts';

/** Pixels; the same in the style sheet. */
const ROW_HEIGHT = 38;
const OVERSCAN = 12;

interface LayerTableProps {
  readonly name: string;
  readonly summary: BaseSummary;
  readonly cut: Cut;
  readonly uses: readonly LayerUse[];
  readonly numClasses: number;
  readonly isTogether: boolean;
  readonly onChoose: (position: number) => void;
}

/** Every layer with its size and use. Only the rows in sight exist: some networks have hundreds. */
export function LayerTable(props: LayerTableProps) {
  const { name, summary, cut, uses, numClasses, isTogether, onChoose } = props;
  const { t } = useTranslation('base');
  const { layers, suggestedCuts } = summary;
  const scroll = useRef<HTMLDivElement>(null);
  const rows = useMemo(
    () => layerRows(layers, uses, cut, { name: t('table.newHead'), numClasses }),
    [layers, uses, cut, t, numClasses],
  );
  const sensible = useMemo(
    () => new Set(suggestedCuts.flatMap((suggested) => suggested.cut.positions)),
    [suggestedCuts],
  );
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing is memoised from what it returns
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    // The heading above and the new layer below the last one.
    scrollPaddingStart: ROW_HEIGHT,
    scrollPaddingEnd: 3 * ROW_HEIGHT,
    initialRect: { width: 600, height: 12 * ROW_HEIGHT },
  });
  const deepest = cut.positions.at(-1) ?? 0;
  useEffect(() => {
    virtual.scrollToIndex(deepest, { align: 'auto' });
  }, [virtual, deepest]);
  const moveFocus = useMovedFocus(scroll, virtual.scrollToIndex, layers.length - 1);
  return (
    <section aria-labelledby="layers" className={styles['section']}>
      <h3 id="layers">{t('table.title')}</h3>
      <div
        ref={scroll}
        role="table"
        aria-label={t('table.caption', { name })}
        aria-rowcount={rows.length + 1}
        className={styles['table']}
        onKeyDown={moveFocus}
      >
        <TableHead />
        <div role="rowgroup" className={styles['body']} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            if (row === undefined) return null;
            const { position } = row;
            return (
              <LayerTableRow
                key={index}
                row={row}
                rowIndex={index + 2}
                top={start}
                isCut={position !== null && cut.positions.includes(position)}
                isSensible={position !== null && sensible.has(position)}
                isTogether={isTogether}
                canBeChosen={!isTogether || (position !== null && canJoin(layers, cut, position))}
                onChoose={onChoose}
              />
            );
          })}
        </div>
      </div>
      <CutTotals totals={cutTotals(layers, cut, numClasses)} numClasses={numClasses} />
    </section>
  );
}

function TableHead() {
  const { t } = useTranslation('base');
  return (
    <div role="rowgroup" className={styles['head']}>
      <div role="row" aria-rowindex={1} className={styles['row']}>
        {(['cut', 'layer', 'kind', 'shape', 'parameters', 'use'] as const).map((column) => (
          <span key={column} role="columnheader" data-column={column}>
            {t(`table.${column}`)}
          </span>
        ))}
      </div>
    </div>
  );
}

const STEPS: Partial<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1 };

/** Up and down go to the next layer's control, drawn or not. Radio buttons are chosen on the way, as ever. */
function useMovedFocus(
  scroll: { readonly current: HTMLElement | null },
  scrollToIndex: (index: number) => void,
  last: number,
) {
  return (event: KeyboardEvent<HTMLElement>) => {
    const step = STEPS[event.key];
    const { position } = (event.target as HTMLElement).dataset;
    if (step === undefined || position === undefined) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(last, Number(position) + step));
    scrollToIndex(next);
    // Overscan has drawn it already.
    const control = scroll.current?.querySelector<HTMLInputElement>(
      `input[data-position="${String(next)}"]`,
    );
    control?.focus();
    if (control?.type === 'radio') control.click();
  };
}
