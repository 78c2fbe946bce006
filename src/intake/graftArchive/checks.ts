import { GraftError } from '../../domain/errors.ts';
import type { Id, Sha256 } from '../../domain/ids.ts';

/** A value from an archive, not yet believed, and where it stands. */
export interface Found {
  readonly value: unknown;
  /** Path of the file in the archive. */
  readonly entry: string;
  /** Place within it, such as `[3].width`; empty at the top. */
  readonly where: string;
}

/** Far more than any name that people give, far less than what makes a page slow. */
const MAX_TEXT_LENGTH = 10_000;
const MAX_ID_LENGTH = 100;
/** Last millisecond that a `Date` can hold. */
const MAX_TIME = 8.64e15;

/** Throws `archive-invalid`. */
export function refuse({ entry, where }: Pick<Found, 'entry' | 'where'>, expected: string): never {
  const place = where === '' ? entry : `${entry}: ${where}`;
  throw new GraftError('archive-invalid', `${place} should be ${expected}`, { entry });
}

/** Each function below gives the value in its type, or refuses it with `archive-invalid`. */

export function parseJson(text: string, entry: string): Found {
  try {
    return { value: JSON.parse(text) as unknown, entry, where: '' };
  } catch {
    return refuse({ entry, where: '' }, 'JSON');
  }
}

/** The fields of an object; a missing one is found as `undefined`. */
export function fieldsOf(found: Found): (key: string) => Found {
  const { value, entry, where } = found;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    refuse(found, 'an object');
  }
  const fields = value as Readonly<Record<string, unknown>>;
  return (key) => ({
    value: Object.hasOwn(fields, key) ? fields[key] : undefined,
    entry,
    where: where === '' ? key : `${where}.${key}`,
  });
}

/** The same of an object that has no other fields. */
export function onlyFieldsOf(found: Found, names: readonly string[]): (key: string) => Found {
  const field = fieldsOf(found);
  const unknown = Object.keys(found.value as object).find((key) => !names.includes(key));
  // What is not known may be what matters: dropped, it would be another setting.
  if (unknown !== undefined) refuse(found, `without ${JSON.stringify(unknown.slice(0, 40))}`);
  return field;
}

export function listOf<Item>(
  found: Found,
  maxLength: number,
  read: (item: Found) => Item,
): readonly Item[] {
  const { value, entry, where } = found;
  if (!Array.isArray(value) || value.length > maxLength) {
    return refuse(found, `a list of at most ${maxLength}`);
  }
  return value.map((item: unknown, index) =>
    read({ value: item, entry, where: `${where}[${index}]` }),
  );
}

export function numberOf(found: Found, min: number, max: number): number {
  const { value } = found;
  const isInRange = typeof value === 'number' && value >= min && value <= max;
  return isInRange ? value : refuse(found, `a number from ${min} to ${max}`);
}

export function wholeOf(found: Found, min: number, max: number): number {
  const { value } = found;
  const isInRange = Number.isInteger(value) && Number(value) >= min && Number(value) <= max;
  return isInRange ? Number(value) : refuse(found, `a whole number from ${min} to ${max}`);
}

export function shareOf(found: Found): number {
  return numberOf(found, 0, 1);
}

export function timeOf(found: Found): number {
  return numberOf(found, 0, MAX_TIME);
}

export function flagOf(found: Found): boolean {
  return typeof found.value === 'boolean' ? found.value : refuse(found, 'true or false');
}

export function textOf(found: Found, maxLength: number = MAX_TEXT_LENGTH): string {
  const { value } = found;
  const isText = typeof value === 'string' && value.length <= maxLength;
  return isText ? value : refuse(found, `a text of at most ${maxLength} characters`);
}

export function idOf<T extends Id<string>>(found: Found): T {
  const id = textOf(found, MAX_ID_LENGTH);
  return id === '' ? refuse(found, 'an id') : (id as T);
}

export function hashOf(found: Found): Sha256 {
  const { value } = found;
  const isHash = typeof value === 'string' && /^[0-9a-f]{64}$/u.test(value);
  return isHash ? (value as Sha256) : refuse(found, 'a SHA-256');
}

export function oneOf<Value extends string | number>(
  found: Found,
  allowed: readonly Value[],
): Value {
  const value = allowed.find((each) => each === found.value);
  return value ?? refuse(found, `one of ${allowed.join(', ')}`);
}

export function nullOr<Value>(found: Found, read: (found: Found) => Value): Value | null {
  return found.value === null ? null : read(found);
}
