import type { ByteSource } from '../byteSource.ts';

const IDENTIFIER = 'TFL3';
const IDENTIFIER_AT = 4;

/** Whether it is a TensorFlow Lite file; such a file is often a zip too, to who reads it from the end. */
export function isTflite(source: ByteSource): boolean {
  const end = IDENTIFIER_AT + IDENTIFIER.length;
  if (source.size < end) return false;
  return new TextDecoder().decode(source.read(IDENTIFIER_AT, end)) === IDENTIFIER;
}
