import { GraftError } from '../domain/errors.ts';

/** A file of the app itself. Errors: base-unreachable. */
export async function fetchBytes(url: URL): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(url).catch(() => null);
  if (response?.ok !== true) {
    throw new GraftError('base-unreachable', `Could not read ${url.pathname}`, { host: url.host });
  }
  return new Uint8Array(await response.arrayBuffer());
}
