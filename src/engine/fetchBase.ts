import type { BaseModel } from '../domain/baseModel.ts';
import { GraftError } from '../domain/errors.ts';
import { parseJson } from '../network/jsonChecks.ts';
import { weightPaths } from '../network/tfjsWeights.ts';
import type { NamedBlob } from './openFiles.ts';

/** The address of one of a base's files, absolute or relative to the app. */
export function resolveUrl(url: string): URL {
  // Bundled files lie beside the app; the worker's own script is one folder down in a build.
  const appRoot = new URL(import.meta.env.PROD ? '../' : '/', self.location.href);
  return new URL(url, appRoot);
}

/** Fetches the files of a base that lies beside the app. Errors: base-unreachable {host}. */
export async function fetchBase(base: BaseModel): Promise<readonly NamedBlob[]> {
  const files = new Map<string, NamedBlob>();
  const queue = base.addresses.map(resolveUrl);
  for (let url = queue.shift(); url !== undefined; url = queue.shift()) {
    if (files.has(url.href)) continue;
    const blob = await fetchBlob(url);
    files.set(url.href, { name: fileNameOf(url), blob });
    queue.push(...(await companionsOf(url, () => blob.text())));
  }
  return [...files.values()];
}

/** Without folders. */
export function fileNameOf(url: URL): string {
  return decodeURIComponent(url.pathname.split('/').at(-1) ?? '');
}

/** The weight files that a TF.js `model.json` names; none for any other file. Errors: base-invalid. */
export async function companionsOf(
  url: URL,
  readText: () => Promise<string>,
): Promise<readonly URL[]> {
  if (fileNameOf(url) !== 'model.json') return [];
  const model = parseJson(await readText(), 'model.json');
  // Keras' own topologies go by that name too.
  if (model['weightsManifest'] === undefined) return [];
  return weightPaths(model).map((path) => new URL(path, url));
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
