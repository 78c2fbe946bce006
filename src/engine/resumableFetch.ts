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

/** Bytes of a file from `start` up to, not including, `end`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
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
 * Fetches what is missing of a file, or of a range of it. A server that ignores ranges, or has another
 * version of the file by now, makes it start over. What has come is kept when it fails or is cancelled.
 * Errors: base-unreachable {host}, base-invalid (larger than `maxBytes`), cancelled.
 */
export async function fetchInto(
  url: URL,
  file: PartialFile,
  options: FetchOptions,
  range: ByteRange | null = null,
): Promise<void> {
  const kept = await file.state();
  if (kept.isComplete) {
    options.onBytes(kept.sizeBytes, kept.sizeBytes);
    return;
  }
  const rest = await requestRest(url, kept, range, options.signal);
  if (rest !== null) {
    await receive(rest, kept.sizeBytes, url, file, options);
    return;
  }
  await file.clear();
  const response = await request(url, rangeHeader(0, range), options.signal);
  const isWhole = response.status === (range === null ? 200 : 206);
  if (!isWhole) await refuseStatus(url, response);
  await receive(response, 0, url, file, options);
}

/** A short range of a file; `null` where the server gives no ranges. Errors: base-unreachable {host}, cancelled. */
export async function fetchRange(
  url: URL,
  range: ByteRange,
  signal: AbortSignal,
): Promise<{ readonly bytes: Uint8Array; readonly validator: string | null } | null> {
  const response = await request(url, rangeHeader(0, range), signal);
  if (response.status === 206) {
    const bytes = await response.arrayBuffer().catch((thrown: unknown) => {
      throwIfCancelled(signal);
      return unreachable(url, String(thrown));
    });
    return { bytes: new Uint8Array(bytes), validator: validatorOf(response) };
  }
  if (response.status !== 200) await refuseStatus(url, response);
  await response.body?.cancel();
  return null;
}

/** The response with the bytes behind those that are kept; `null` where the file has to start over. */
async function requestRest(
  url: URL,
  { sizeBytes, validator }: PartialState,
  range: ByteRange | null,
  signal: AbortSignal,
): Promise<Response | null> {
  if (sizeBytes === 0 || validator === null) return null;
  // No If-Range: across origins it would need a permission that file servers do not give.
  const response = await request(url, rangeHeader(sizeBytes, range), signal);
  if (response.status === 206 && validatorOf(response) === validator) return response;
  // Anything but another version, the whole, or no such range says nothing about what is kept.
  if (![200, 206, 416].includes(response.status)) await refuseStatus(url, response);
  await response.body?.cancel();
  return null;
}

function rangeHeader(offset: number, range: ByteRange | null): Record<string, string> {
  if (range === null) return offset === 0 ? {} : { Range: `bytes=${offset}-` };
  return { Range: `bytes=${range.start + offset}-${range.end - 1}` };
}

async function request(
  url: URL,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<Response> {
  try {
    return await fetch(url, { signal, headers });
  } catch (thrown) {
    throwIfCancelled(signal);
    return unreachable(url, String(thrown));
  }
}

/** Stores the response's bytes as the file's, from offset `start` of the file on. */
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
      done += chunk.length;
      if (done > maxBytes) refuseSize(url, maxBytes);
      pending.push(chunk);
      pendingBytes += chunk.length;
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

async function refuseStatus(url: URL, { status, body }: Response): Promise<never> {
  await body?.cancel();
  return unreachable(url, `${url.href} was answered with ${status}`);
}

function unreachable({ host }: URL, message: string): never {
  throw new GraftError('base-unreachable', message, { host });
}

function refuseSize(url: URL, maxBytes: number): never {
  const message = `${url.href} has more than the ${maxBytes} bytes that it should have`;
  throw new GraftError('base-invalid', message, { file: url.href });
}
