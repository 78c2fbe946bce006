import { GraftError, toGraftError } from '../domain/errors.ts';
import type { WireError } from './wireMessages.ts';

/** Structured cloning loses an error's code, so errors cross as plain objects. */
export function toWireError(thrown: unknown): WireError {
  const { code, message, details } = toGraftError(thrown);
  return { code, message, details };
}

export function fromWireError({ code, message, details }: WireError): GraftError {
  return new GraftError(code, message, details);
}
