import { GraftError } from '../domain/errors.ts';
import type { ExportedFile } from '../exporters/exportedFile.ts';

const BUILD_FOLDER = '../../build/demo/';

/** Addresses of the built demo page's files, by path from here; `npm run build:demo` makes them. */
const urls = import.meta.glob<string>('../../build/demo/**', {
  query: '?url',
  import: 'default',
  eager: true,
});

/** The demo page's files as they stand in the zip. Errors: internal. */
export async function readDemoFiles(): Promise<ExportedFile[]> {
  const entries = Object.entries(urls);
  if (entries.length === 0) throw new GraftError('internal', 'The demo page has not been built');
  return Promise.all(
    entries.map(async ([path, url]) => ({
      path: path.slice(BUILD_FOLDER.length),
      bytes: await fetchFile(new URL(url, import.meta.url)),
    })),
  );
}

async function fetchFile(url: URL): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(url);
  if (!response.ok) throw new GraftError('internal', `${url.pathname} is not there`);
  return new Uint8Array(await response.arrayBuffer());
}
