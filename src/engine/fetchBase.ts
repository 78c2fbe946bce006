import type { BaseModel } from '../domain/baseModel.ts';
import { GraftError, throwIfCancelled } from '../domain/errors.ts';
import { weightPathsOf, type TfjsLayersFiles } from '../network/loadTfjsLayers.ts';

export interface FetchOptions {
  readonly signal?: AbortSignal;
  readonly onBytes?: (bytesDone: number) => void;
}

/** The address of one of a base's files, absolute or relative to the app. */
export function resolveUrl(url: string): URL {
  // Bundled files lie beside the app; the worker's own script is one folder down in a build.
  const appRoot = new URL(import.meta.env.PROD ? '../' : '/', self.location.href);
  return new URL(url, appRoot);
}

/**
 * Fetches a base's `model.json` and the weights that it names.
 * Errors: base-unreachable, base-invalid (more bytes than the catalogue says), cancelled.
 */
export async function fetchBase(
  base: BaseModel,
  { signal, onBytes }: FetchOptions = {},
): Promise<TfjsLayersFiles> {
  let bytesDone = 0;
  const fetchPart = async (url: URL) => {
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    for await (const chunk of streamFrom(url, signal)) {
      bytesDone += chunk.length;
      if (bytesDone > base.sizeBytes * 2) {
        throw new GraftError('base-invalid', `${base.name} is far larger than it should be`);
      }
      chunks.push(chunk);
      onBytes?.(bytesDone);
    }
    return new Blob(chunks);
  };

  const modelUrl = resolveUrl(base.url);
  const modelJson = await (await fetchPart(modelUrl)).text();
  const parts: Blob[] = [];
  for (const path of weightPathsOf(modelJson)) parts.push(await fetchPart(new URL(path, modelUrl)));
  return { modelJson, weights: await new Blob(parts).arrayBuffer() };
}

async function* streamFrom(
  url: URL,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>> | undefined;
  try {
    const response = await fetch(url, signal === undefined ? {} : { signal });
    if (!response.ok) throw new Error(`The server answered ${response.status}`);
    if (response.body === null) throw new Error('The server sent nothing');
    // Not every browser iterates over streams.
    reader = response.body.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
  } catch (thrown) {
    if (signal !== undefined) throwIfCancelled(signal);
    throw new GraftError('base-unreachable', String(thrown), { host: url.host });
  } finally {
    // Ends the transfer where the consumer has had enough; after the last part it does nothing.
    await reader?.cancel().catch(() => undefined);
  }
}
