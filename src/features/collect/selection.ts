/** What is chosen in a list of photos that may grow, shrink or be reordered meanwhile. */
export interface Selection<Id extends string> {
  readonly chosen: ReadonlySet<Id>;
  /** Where a range begins; `null` before the first click. */
  readonly anchor: Id | null;
  /** What the arrow keys move. */
  readonly cursor: Id | null;
}

export const NOTHING_CHOSEN: Selection<never> = { chosen: new Set(), anchor: null, cursor: null };

/** A plain click: this one and no other. */
export function choose<Id extends string>(id: Id): Selection<Id> {
  return { chosen: new Set([id]), anchor: id, cursor: id };
}

/** Ctrl-click or Space: this one as well, or no longer. */
export function toggle<Id extends string>(selection: Selection<Id>, id: Id): Selection<Id> {
  const chosen = new Set(selection.chosen);
  if (!chosen.delete(id)) chosen.add(id);
  return { chosen, anchor: id, cursor: id };
}

/** Shift-click: everything from the anchor to this one, and nothing else. */
export function extendTo<Id extends string>(
  order: readonly Id[],
  selection: Selection<Id>,
  id: Id,
): Selection<Id> {
  const anchor = selection.anchor ?? id;
  const from = order.indexOf(anchor);
  const to = order.indexOf(id);
  if (from < 0 || to < 0) return choose(id);
  const range = order.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { chosen: new Set(range), anchor, cursor: id };
}

export function chooseAll<Id extends string>(
  order: readonly Id[],
  { anchor, cursor }: Selection<Id>,
): Selection<Id> {
  return { chosen: new Set(order), anchor, cursor };
}

/** Where a key takes the cursor in a grid of `numColumns`; `null` for keys that do not move it. */
export function movedIndex(
  key: string,
  index: number,
  numItems: number,
  numColumns: number,
): number | null {
  const last = numItems - 1;
  const targets: Partial<Record<string, number>> = {
    ArrowLeft: index - 1,
    ArrowRight: index + 1,
    ArrowUp: index - numColumns < 0 ? index : index - numColumns,
    ArrowDown: index + numColumns > last ? index : index + numColumns,
    Home: 0,
    End: last,
  };
  const target = targets[key];
  return target === undefined || last < 0 ? null : Math.min(last, Math.max(0, target));
}

/** Where the cursor goes when the chosen ones leave the list: to the next that stays, or the last before. */
export function afterRemoval<Id extends string>(
  order: readonly Id[],
  { chosen, cursor }: Selection<Id>,
): Selection<Id> {
  const index = cursor === null ? 0 : order.indexOf(cursor);
  const stays = (id: Id) => !chosen.has(id);
  const next = order.slice(index).find(stays) ?? order.slice(0, index).findLast(stays) ?? null;
  return { chosen: new Set(), anchor: null, cursor: next };
}

/** Forgets photos that are no longer there. The same object where nothing changed. */
export function withoutMissing<Id extends string>(
  order: readonly Id[],
  selection: Selection<Id>,
): Selection<Id> {
  const present = new Set(order);
  const keep = (id: Id | null) => (id !== null && present.has(id) ? id : null);
  const chosen = new Set([...selection.chosen].filter((id) => present.has(id)));
  const [anchor, cursor] = [keep(selection.anchor), keep(selection.cursor)];
  const isSame =
    chosen.size === selection.chosen.size &&
    anchor === selection.anchor &&
    cursor === selection.cursor;
  return isSame ? selection : { chosen, anchor, cursor };
}
