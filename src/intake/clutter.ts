/** Files and folders that systems leave in folders and zips, in lower case. */
const CLUTTER = new Set(['__macosx', 'thumbs.db', 'ehthumbs.db', 'desktop.ini', '@eadir']);

/** Whether the path is, or lies in, something that no person put there: it is skipped without a word. */
export function isClutter(path: string): boolean {
  return path.split('/').some((part) => {
    const isDotFile = part.startsWith('.') && part !== '.' && part !== '..';
    return isDotFile || CLUTTER.has(part.toLowerCase());
  });
}
