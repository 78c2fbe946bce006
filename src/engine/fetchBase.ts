import type { BaseModel } from '../domain/baseModel.ts';
import { GraftError } from '../domain/errors.ts';
import type { NamedBlob } from './openFiles.ts';

/** The address of one of a base's files, absolute or relative to the app. */
export function resolveUrl(url: string): URL {
  // Bundled files lie beside the app; the worker's own script is one folder down in a build.
  const appRoot = new URL(import.meta.env.PROD ? '../' : '/', self.location.href);
  return new URL(url, appRoot);
}

/** Fetches the files of a base that lies beside the app. Errors: base-unreachable {host}. */
export async function fetchBase(base: BaseModel): Promise<readonly NamedBlob[]> {
  return Promise.all(
    base.addresses.map(async (address) => {
      const url = resolveUrl(address);
      return { name: fileNameOf(url), blob: await fetchBlob(url) };
    }),
  );
}

/** Without folders. */
export function fileNameOf({ pathname }: URL): string {
  const name = pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(name);
  } catch {
    // Not every percent sign begins a code.
    return name;
  }
}

async function fetchBlob(url: URL): Promise<Blob> {
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`The server answered ${response.status}`);
    return await response.blob();
  } catch (thrown) {
    throw new GraftError('base-unreachable', String(thrown), { host: url.host });
  }
}
