/** Media types of the pictures that browsers show, by extension; the first extension of a type is the one written. */
const TYPES: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  bmp: 'image/bmp',
  avif: 'image/avif',
};

/** Media type that the name suggests; empty where it suggests none. Whether it is true, the bytes say. */
export function typeOfName(fileName: string): string {
  const extension = fileName.split('.').at(-1)?.toLowerCase() ?? '';
  return Object.hasOwn(TYPES, extension) ? (TYPES[extension] ?? '') : '';
}

/** Extension for a media type; `bin` for one that is no known picture. */
export function extensionOfType(type: string): string {
  return Object.keys(TYPES).find((extension) => TYPES[extension] === type) ?? 'bin';
}
