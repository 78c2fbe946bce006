import { parseJson } from '../network/jsonChecks.ts';
import { weightPaths } from '../network/tfjsWeights.ts';
import { fileNameOf } from './fetchBase.ts';
import { fetchHeadless } from './fetchHeadless.ts';
import { fetchInto, type FetchOptions, type PartialFile } from './resumableFetch.ts';

/** What has come of a file, or of a range of one. */
export interface KeptFile extends PartialFile {
  readonly text: () => Promise<string>;
}

/** What is kept under a key, which stands for a file or a range of one. */
export type OpenKept<File extends KeptFile> = (key: string) => File;

export interface FetchedFile<File extends KeptFile> {
  /** Without folders. */
  readonly name: string;
  /** The file is `header`, then the parts, end to end. */
  readonly header: Uint8Array<ArrayBuffer>;
  readonly parts: readonly File[];
}

export interface FetchFilesOptions extends FetchOptions {
  /** Leaves out the fully connected layers where the format and the server allow it. */
  readonly isHeadless: boolean;
}

/** The JSON of the largest networks has a few MB; what is larger is refused when it is opened. */
const MAX_JSON_BYTES = 64e6;

/**
 * Fetches files and the weight files that they name; what was kept by an earlier attempt is not fetched
 * again. `maxBytes` is for all of them together. Errors: those of `fetchInto`; base-invalid.
 */
export async function fetchFiles<File extends KeptFile>(
  urls: readonly URL[],
  open: OpenKept<File>,
  options: FetchFilesOptions,
): Promise<readonly FetchedFile<File>[]> {
  const fetched = new Map<string, FetchedFile<File>>();
  const queue = [...urls];
  let before = 0;
  for (let url = queue.shift(); url !== undefined; url = queue.shift()) {
    if (fetched.has(url.href)) continue;
    const file = await fetchFile(url, open, behind(before, options));
    fetched.set(url.href, file);
    const sizeBytes = await sizeOf(file);
    before += sizeBytes;
    const [only] = file.parts;
    const mayNameFiles = file.name === 'model.json' && sizeBytes <= MAX_JSON_BYTES;
    if (only !== undefined && mayNameFiles) queue.push(...companionsOf(url, await only.text()));
  }
  return [...fetched.values()];
}

async function fetchFile<File extends KeptFile>(
  url: URL,
  open: OpenKept<File>,
  options: FetchFilesOptions,
): Promise<FetchedFile<File>> {
  const name = fileNameOf(url);
  if (options.isHeadless && name.endsWith('.safetensors')) {
    const headless = await fetchHeadless(url, open, options);
    if (headless !== null) return { name, ...headless };
  }
  const file = open(url.href);
  await fetchInto(url, file, options);
  return { name, header: new Uint8Array(), parts: [file] };
}

/** The weight files that a TF.js model names. Errors: base-invalid. */
function companionsOf(url: URL, modelJson: string): readonly URL[] {
  const model = parseJson(modelJson, 'model.json');
  // Keras' own topologies go by that name too.
  if (model['weightsManifest'] === undefined) return [];
  return weightPaths(model).map((path) => new URL(path, url));
}

async function sizeOf({ header, parts }: FetchedFile<KeptFile>): Promise<number> {
  let sizeBytes = header.length;
  for (const part of parts) sizeBytes += (await part.state()).sizeBytes;
  return sizeBytes;
}

/** The options for a file of which `before` bytes of others have come. */
function behind<Options extends FetchOptions>(before: number, options: Options): Options {
  const { maxBytes, onBytes } = options;
  return {
    ...options,
    maxBytes: maxBytes - before,
    onBytes: (done, total) => onBytes(before + done, total === null ? null : before + total),
  };
}
