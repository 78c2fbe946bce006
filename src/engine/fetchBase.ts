import type { BaseModel } from '../domain/baseModel.ts';
import { GraftError } from '../domain/errors.ts';
import { weightPathsOf } from '../network/loadTfjsLayers.ts';
import type { NamedBlob } from './openFiles.ts';

/** The address of one of a base's files, absolute or relative to the app. */
export function resolveUrl(url: string): URL {
  // Bundled files lie beside the app; the worker's own script is one folder down in a build.
  const appRoot = new URL(import.meta.env.PROD ? '../' : '/', self.location.href);
  return new URL(url, appRoot);
}

/** Fetches the files of a base that lies beside the app. Errors: base-unreachable {host}. */
export async function fetchBase(base: BaseModel): Promise<readonly NamedBlob[]> {
  const files: NamedBlob[] = [];
  for (const address of base.addresses) {
    const url = resolveUrl(address);
    const blob = await fetchBlob(url);
    files.push({ name: fileNameOf(url), blob });
    for (const companion of await companionsOf(url, blob)) {
      files.push({ name: fileNameOf(companion), blob: await fetchBlob(companion) });
    }
  }
  return files;
}

/** Without folders. */
export function fileNameOf(url: URL): string {
  return decodeURIComponent(url.pathname.split('/').at(-1) ?? '');
}

/** The weight files that a `model.json` names; none for a file of another name. */
export async function companionsOf(url: URL, file: Blob): Promise<readonly URL[]> {
  if (fileNameOf(url) !== 'model.json') return [];
  return weightPathsOf(await file.text()).map((path) => new URL(path, url));
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
