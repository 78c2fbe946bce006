import { GraftError } from '../domain/errors.ts';

/** Reading JSON that came from outside: each function gives the value in its type or throws `base-invalid`. */

export type JsonRecord = Readonly<Record<string, unknown>>;

function refuse(where: string, expected: string): never {
  throw new GraftError('base-invalid', `${where} should be ${expected}`, { where });
}

export function asRecord(value: unknown, where: string): JsonRecord {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    refuse(where, 'an object');
  }
  return value as JsonRecord;
}

export function asList(value: unknown, where: string): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : refuse(where, 'a list');
}

export function asText(value: unknown, where: string): string {
  return typeof value === 'string' ? value : refuse(where, 'a text');
}

export function asNumber(value: unknown, where: string): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : refuse(where, 'a number');
}

/** A whole number from 0 to 2^31 - 1. */
export function asCount(value: unknown, where: string): number {
  const isCount = Number.isInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 31;
  return isCount ? (value as number) : refuse(where, 'a whole number, not negative');
}

/** A whole number from 1 on. */
export function asSize(value: unknown, where: string): number {
  const size = asCount(value, where);
  return size > 0 ? size : refuse(where, 'a whole number above 0');
}

export function asFlag(value: unknown, where: string): boolean {
  return typeof value === 'boolean' ? value : refuse(where, 'true or false');
}

/** Keras writes one size for both directions as a number. */
export function asSizePair(value: unknown, where: string): readonly [number, number] {
  if (typeof value === 'number') return [asSize(value, where), asSize(value, where)];
  const list = asList(value, where);
  if (list.length !== 2) refuse(where, 'two whole numbers');
  return [asSize(list[0], where), asSize(list[1], where)];
}

/** Networks nest a few dozen levels; what goes down without end would end the stack. */
const MAX_DEPTH = 500;

export function parseJson(text: string, where: string): JsonRecord {
  if (isTooDeep(text)) refuse(where, `nested at most ${MAX_DEPTH} levels deep`);
  try {
    return asRecord(JSON.parse(text), where);
  } catch (thrown) {
    if (thrown instanceof GraftError) throw thrown;
    throw new GraftError('base-invalid', `${where} is not JSON`, { where });
  }
}

/** Whether lists and objects lie within one another deeper than in any network. */
export function isTooDeep(json: string): boolean {
  let depth = 0;
  let isInText = false;
  for (let i = 0; i < json.length; i++) {
    const character = json[i];
    if (isInText && character === '\\') i += 1;
    else if (character === '"') isInText = !isInText;
    else if (isInText) continue;
    else if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth -= 1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}
