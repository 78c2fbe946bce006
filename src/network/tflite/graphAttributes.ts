import type { JsonRecord } from '../jsonChecks.ts';

/** Attributes of nodes as TensorFlow's JSON has them; the way back of `graphModel/attributes`. */

export function integers(...values: number[]): JsonRecord {
  return { list: { i: values } };
}

export function text(value: string): JsonRecord {
  return { s: btoa(value) };
}

export function texts(values: readonly string[]): JsonRecord {
  return { list: { s: values.map((value) => btoa(value)) } };
}

export function flag(value: boolean): JsonRecord {
  return { b: value };
}

export function number(value: number): JsonRecord {
  return { f: value };
}
