import { GraftError, throwIfCancelled } from '../domain/errors.ts';

/** A file that arrives over several attempts; what has come outlives the program. */
export interface PartialFile {
  readonly state: () => Promise<PartialState>;
  /** Adds bytes at the end. `isLast`: the file is complete with them. */
  readonly append: (
    bytes: readonly Uint8Array<ArrayBuffer>[],
    validator: string | null,
    isLast: boolean,
  ) => Promise<void>;
  readonly clear: () => Promise<void>;
}

export interface PartialState {
  readonly sizeBytes: number;
  /** ETag or date that the server gave with the first bytes. */
  readonly validator: string | null;
  readonly isComplete: boolean;
}

export interface FetchOptions {
  readonly signal: AbortSignal;
  /** A file that grows beyond this is refused. */
  readonly maxBytes: number;
  /** `total` is `null` where the server does not say. */
  readonly onBytes: (done: number, total: number | null) => void;
}

/** Bytes in memory at once, and lost at most when the tab is killed. */
const PART_BYTES = 4 * 1024 * 1024;

/**
 * Fetches what is missing of a file. A server that ignores the range, or has another version of the
 * file by now, makes it start over. What has come is kept when it fails or is cancelled.
 * Errors: base-unreachable {host}, base-invalid (larger than `maxBytes`), cancelled.
 */
export async function fetchInto(url: URL, file: PartialFile, options: FetchOptions): Promise<void> {
  const kept = await file.state();
  if (kept.isComplete) {
    options.onBytes(kept.sizeBytes, kept.sizeBytes);
    return;
  }
  const { response, start } = await resume(url, kept, file, options.signal);
  await receive(response, start, url, file, options);
}

interface Resumed {
  readonly response: Response;
  /** Offset of the response's first byte in the file. */
  readonly start: number;
}

async function resume(
  url: URL,
  kept: PartialState,
  file: PartialFile,
  signal: AbortSignal,
): Promise<Resumed> {
  const { sizeBytes, validator } = kept;
  if (sizeBytes > 0 && validator !== null) {
    // No If-Range: across origins it would need a permission that file servers do not give.
    const response = await request(url, signal, { Range: `bytes=${sizeBytes}-` });
    const isRest = response.status === 206 && validatorOf(response) === validator;
    if (isRest) return { response, start: sizeBytes };
    if (response.ok && response.status !== 206) {
      await file.clear();
      return { response, start: 0 };
    }
    await response.body?.cancel();
    // Anything but "there is no such range" says nothing about what has been kept.
    if (response.status !== 206 && response.status !== 416) refuseStatus(url, response);
  }
  await file.clear();
  const response = await request(url, signal, {});
  if (!response.ok) refuseStatus(url, response);
  return { response, start: 0 };
}

async function request(
  url: URL,
  signal: AbortSignal,
  headers: Record<string, string>,
): Promise<Response> {
  try {
    return await fetch(url, { signal, headers });
  } catch (thrown) {
    throwIfCancelled(signal);
    return unreachable(url, String(thrown));
  }
}

async function receive(
  response: Response,
  start: number,
  url: URL,
  file: PartialFile,
  { signal, maxBytes, onBytes }: FetchOptions,
): Promise<void> {
  const length = response.headers.get('content-length');
  const total = length === null ? null : start + Number(length);
  const validator = validatorOf(response);
  let done = start;
  let pending: Uint8Array<ArrayBuffer>[] = [];
  let pendingBytes = 0;
  const store = async (isLast: boolean) => {
    const bytes = pending;
    pending = [];
    pendingBytes = 0;
    await file.append(bytes, validator, isLast);
  };
  try {
    for await (const chunk of chunksOf(response.body, url, signal)) {
      pending.push(chunk);
      pendingBytes += chunk.length;
      done += chunk.length;
      if (done > maxBytes) refuseSize(url, maxBytes);
      if (pendingBytes >= PART_BYTES) await store(false);
      onBytes(done, total);
    }
  } catch (thrown) {
    if (pendingBytes > 0) await store(false);
    throw thrown;
  }
  await store(true);
}

async function* chunksOf(
  body: Response['body'],
  url: URL,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  // Not every browser iterates over streams.
  const reader = body?.getReader();
  const read = async () => {
    try {
      return await reader?.read();
    } catch (thrown) {
      throwIfCancelled(signal);
      return unreachable(url, String(thrown));
    }
  };
  try {
    for (let part = await read(); part?.done === false; part = await read()) yield part.value;
  } finally {
    // Ends the transfer where the consumer has had enough; after the last part it does nothing.
    await reader?.cancel().catch(() => undefined);
  }
}

function validatorOf({ headers }: Response): string | null {
  return headers.get('etag') ?? headers.get('last-modified');
}

function refuseStatus(url: URL, { status }: Response): never {
  return unreachable(url, `The server answered ${status}`);
}

function unreachable({ host }: URL, message: string): never {
  throw new GraftError('base-unreachable', message, { host });
}

function refuseSize(url: URL, maxBytes: number): never {
  const message = `${url.href} has more than the ${maxBytes} bytes that it should have`;
  throw new GraftError('base-invalid', message, { file: url.href });
}
