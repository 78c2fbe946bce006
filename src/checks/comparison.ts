/** Counts values that were read from a file, and those among them that are not what they should be. */
export class Comparison {
  numValues = 0;
  numDifferent = 0;
  /** Of any two numbers; infinite where one is missing or no number. */
  largestDifference = 0;
  /** Where the first was that differs. */
  place: string | null = null;

  value(
    place: string,
    found: string | number | boolean | null | undefined,
    expected: unknown,
  ): void {
    this.numValues++;
    if (Object.is(found, expected)) return;
    const areNumbers = typeof found === 'number' && typeof expected === 'number';
    this.differs(place, areNumbers ? Math.abs(found - expected) : Infinity);
  }

  /** As `value` for each; whatever one side has more differs. */
  values(
    place: string,
    found: ArrayLike<string | number>,
    expected: ArrayLike<string | number>,
  ): void {
    const length = Math.max(found.length, expected.length);
    for (let i = 0; i < length; i++) {
      if (i < found.length && found[i] === expected[i]) this.numValues++;
      else this.value(place, found[i], expected[i]);
    }
  }

  /** Everything in two values of JSON. */
  json(place: string, found: unknown, expected: unknown): void {
    if (!isObject(found) || !isObject(expected)) {
      this.value(place, isObject(found) ? undefined : (found as string), expected);
      return;
    }
    for (const key of new Set([...Object.keys(found), ...Object.keys(expected)])) {
      this.json(`${place}, ${key}`, found[key], expected[key]);
    }
  }

  differs(place: string, by: number): void {
    this.numDifferent++;
    this.place ??= place;
    this.largestDifference = Math.max(this.largestDifference, Number.isNaN(by) ? Infinity : by);
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
