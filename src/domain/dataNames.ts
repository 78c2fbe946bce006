/** More of a photo's name than this says nothing, and every name in a table takes the room of the longest. */
const MAX_CHARACTERS = 200;

/**
 * A name as an element of a NumPy array: NumPy ends a text at its zeros, and lone halves of surrogate
 * pairs are no characters. Of a long one the end is kept, where file names differ.
 */
export function arrayText(name: string): string {
  const wellFormed = new TextDecoder().decode(new TextEncoder().encode(name));
  return Array.from(wellFormed.replaceAll('\0', '\ufffd')).slice(-MAX_CHARACTERS).join('');
}

/** A name as a cell of a table whose rows are lines and whose cells end at tabs; `fallback` where nothing is left. */
export function tableText(name: string, fallback: string): string {
  const oneLine = arrayText(name).replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ');
  return oneLine.trim() || fallback;
}
