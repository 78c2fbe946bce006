/** Longest name of a class or project, in characters. */
export const MAX_NAME_LENGTH = 100;

/** Controls, lone surrogates, and the marks that turn the direction of the text around them. */
const UNSHOWN = /[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * A name from outside (a folder, an archive) as text that is safe to show in one line: NFC, without
 * control and direction characters, single spaces, at most `MAX_NAME_LENGTH` characters. May be empty.
 */
export function shownName(name: string): string {
  const oneLine = name.normalize('NFC').replace(UNSHOWN, ' ').replace(/\s+/gu, ' ').trim();
  return Array.from(oneLine).slice(0, MAX_NAME_LENGTH).join('').trim();
}
