/**
 * The results of `work` on each item in the order of the items, with at most `ahead` items begun and
 * not yet taken: memory stays bounded however many items there are.
 */
export async function* prefetch<Item, Result>(
  items: readonly Item[],
  ahead: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void> {
  const begun: Promise<Result>[] = [];
  let next = 0;
  while (next < items.length || begun.length > 0) {
    while (begun.length < ahead && next < items.length) {
      const result = work(items[next++] as Item);
      // When the consumer stops early, nobody waits for this one; its failure is then no news.
      result.catch(() => undefined);
      begun.push(result);
    }
    const first = begun.shift();
    if (first !== undefined) yield await first;
  }
}
