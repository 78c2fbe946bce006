import { GraftError } from '../domain/errors.ts';
import type { ByteSource } from './byteSource.ts';

/** In front of its first file a page of ours has only its title and style. */
const MAX_HEAD_BYTES = 512 * 1024;
const MAX_FILES = 20;
const MAX_OPENING_BYTES = 200;
const BLOCK_BYTES = 2 ** 20;

const MARK = '<script type="application/octet-stream" data-file="';
const OPENING = /^\s*<script type="application\/octet-stream" data-file="([\w.]{1,64})">/u;
const CLOSING = '</script>';

/** Whether the file is an HTML page that carries files in itself, as our one-page export does. */
export function isCarryingPage(source: ByteSource): boolean {
  const start = textAt(source, 0, 64).trimStart().toLowerCase();
  return start.startsWith('<!doctype html') && findFirst(source) >= 0;
}

/**
 * The files that such a page carries, one element after the other, as base64. What is read of them is
 * decoded then and not kept. Errors: base-invalid {file}, also when damaged text is read.
 */
export function carriedFiles(page: ByteSource): readonly ByteSource[] {
  const files: ByteSource[] = [];
  let at = findFirst(page);
  while (files.length < MAX_FILES) {
    const opening = OPENING.exec(textAt(page, at, at + MAX_OPENING_BYTES));
    if (opening === null) break;
    const start = at + opening[0].length;
    const end = findTag(page, start);
    if (textAt(page, end, end + CLOSING.length) !== CLOSING) refuse(page, 'is cut short');
    files.push(base64Source(page, opening[1] ?? '', start, end));
    at = end + CLOSING.length;
  }
  return files;
}

function findFirst(page: ByteSource): number {
  return textAt(page, 0, MAX_HEAD_BYTES).indexOf(MARK);
}

/** Where the next tag begins: base64 has no such character. The end of the file where there is none. */
function findTag(page: ByteSource, start: number): number {
  for (let from = start; from < page.size; from += BLOCK_BYTES) {
    const block = page.read(from, Math.min(from + BLOCK_BYTES, page.size));
    const at = block.indexOf('<'.charCodeAt(0));
    page.release?.(block);
    if (at >= 0) return from + at;
  }
  return page.size;
}

/** Base64 from `textStart` up to, not including, `textEnd`, as the bytes that it stands for. */
function base64Source(
  page: ByteSource,
  name: string,
  textStart: number,
  textEnd: number,
): ByteSource {
  const numLetters = textEnd - textStart;
  if (numLetters % 4 !== 0) refuse(page, `has ${name} damaged in it`);
  const padding = /[=]{0,2}$/u.exec(textAt(page, Math.max(textStart, textEnd - 2), textEnd));
  const size = (numLetters / 4) * 3 - (padding?.[0].length ?? 0);
  const read = (start: number, end: number) => {
    const first = Math.floor(start / 3);
    const letters = page.read(
      textStart + first * 4,
      Math.min(textStart + Math.ceil(end / 3) * 4, textEnd),
    );
    const bytes = decode(letters);
    page.release?.(letters);
    const skipped = start - first * 3;
    if (bytes === null || bytes.length < skipped + end - start) {
      return refuse(page, `has ${name} damaged in it`);
    }
    return bytes.subarray(skipped, skipped + end - start);
  };
  return { name, size, read };
}

/** `null` where it is not base64. */
function decode(letters: Uint8Array): Uint8Array<ArrayBuffer> | null {
  try {
    const binary = atob(new TextDecoder('latin1').decode(letters));
    const bytes = new Uint8Array(binary.length);
    for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
    return bytes;
  } catch {
    return null;
  }
}

/** A character for each byte, so that places in the text are places in the file. */
function textAt(source: ByteSource, start: number, end: number): string {
  const bytes = source.read(Math.min(start, source.size), Math.min(end, source.size));
  return new TextDecoder('latin1').decode(bytes);
}

function refuse(page: ByteSource, problem: string): never {
  throw new GraftError('base-invalid', `The page ${page.name} ${problem}`, { file: page.name });
}
