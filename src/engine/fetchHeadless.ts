import { headerEnd, LENGTH_BYTES, parseHeader } from '../network/safetensors/header.ts';
import { planPartialFile } from '../network/safetensors/partialFile.ts';
import { fileNameOf } from './fetchBase.ts';
import { fetchInto, fetchRange, type FetchOptions, type PartialFile } from './resumableFetch.ts';

/** A smaller safetensors file: `header`, then the parts, end to end. */
export interface HeadlessFile<File extends PartialFile> {
  readonly header: Uint8Array<ArrayBuffer>;
  readonly parts: readonly File[];
}

/**
 * Fetches a safetensors file without its fully connected layers: first its header, then the ranges that
 * hold the other tensors. `null` where the server gives no ranges. Errors: those of `fetchInto`;
 * base-invalid where the header is broken or no network is recognised in it.
 */
export async function fetchHeadless<File extends PartialFile>(
  url: URL,
  open: (key: string) => File,
  options: FetchOptions,
): Promise<HeadlessFile<File> | null> {
  const found = await fetchHeader(url, options.signal);
  if (found === null) return null;
  const name = fileNameOf(url);
  const { header, ranges, sizeBytes } = planPartialFile(
    parseHeader(name, found.text, Number.MAX_SAFE_INTEGER),
    [],
  );
  const parts: File[] = [];
  let before = header.length;
  for (const range of ranges) {
    const start = before;
    const length = range.end - range.start;
    // Part of the key, so that ranges of two versions of a file are never put together.
    const part = open(`${url.href}#${found.validator ?? ''}#${range.start}-${range.end}`);
    const onBytes = (done: number) => options.onBytes(start + done, sizeBytes);
    await fetchInto(url, part, { ...options, maxBytes: length, onBytes }, range);
    parts.push(part);
    before += length;
  }
  return { header, parts };
}

async function fetchHeader(url: URL, signal: AbortSignal) {
  const length = await fetchRange(url, { start: 0, end: LENGTH_BYTES }, signal);
  if (length === null) return null;
  const end = headerEnd(fileNameOf(url), length.bytes, Number.MAX_SAFE_INTEGER);
  const text = await fetchRange(url, { start: LENGTH_BYTES, end }, signal);
  return text && { text: text.bytes, validator: text.validator };
}
