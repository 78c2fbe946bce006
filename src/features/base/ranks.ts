/** Place of each value among all, the largest first and equals alike; `null` where there is nothing to compare. */
export function ranks(values: readonly (number | undefined)[]): readonly (number | null)[] {
  const known = values.filter((value) => value !== undefined);
  return values.map((value) =>
    value === undefined || known.length < 2
      ? null
      : 1 + known.filter((each) => each > value).length,
  );
}
