/**
 * The results of `work` on each item in the order of the items, with at most `ahead` items begun and
 * not yet taken: memory stays bounded however many items there are.
 */
export async function* prefetch<Item, Result>(
  items: Iterable<Item>,
  ahead: () => number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void> {
  const waiting = items[Symbol.iterator]();
  const begun: Promise<Result>[] = [];
  for (;;) {
    while (begun.length < ahead()) {
      const next = waiting.next();
      if (next.done === true) break;
      const result = work(next.value);
      // When the consumer stops early, nobody waits for this one; its failure is then no news.
      result.catch(() => undefined);
      begun.push(result);
    }
    const first = begun.shift();
    if (first === undefined) return;
    yield await first;
  }
}
