/**
 * A file that the page carries in itself: base64 in a script element that no browser runs, with the
 * file's name in `data-file`. `null` on a page that has its files beside it.
 */
function carriedBase64(name: string): string | null {
  return document.querySelector(`script[data-file="${name}"]`)?.textContent ?? null;
}

export function carriedFile(name: string): Blob | null {
  const base64 = carriedBase64(name);
  if (base64 === null) return null;
  return new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))]);
}

/** Where the backend is fetched from: the page itself, if it carries it. */
export function carriedBackendUrl(): string | undefined {
  const base64 = carriedBase64('backend.wasm');
  return base64 === null ? undefined : `data:application/wasm;base64,${base64}`;
}
