import type { BaseModel } from '../domain/baseModel.ts';
import { GraftError } from '../domain/errors.ts';
import { resolveUrl } from '../engine/fetchBase.ts';

/**
 * The stored activation of the formula picture, computed by another engine; `null` for a base without one.
 * Errors: base-unreachable, base-invalid.
 */
export async function fetchReference(base: BaseModel): Promise<Float32Array | null> {
  if (base.selfTestUrl === null) return null;
  const response = await fetch(resolveUrl(base.selfTestUrl)).catch(() => null);
  if (response?.ok !== true) {
    throw new GraftError('base-unreachable', `The self-test of ${base.name} is missing`);
  }
  const file = (await response.json()) as { readonly activation?: unknown };
  const { activation } = file;
  if (!Array.isArray(activation) || !activation.every((value) => Number.isFinite(value))) {
    throw new GraftError('base-invalid', `The self-test of ${base.name} is not a list of numbers`);
  }
  return Float32Array.from(activation as number[]);
}
