/** Tables of a Markdown text: rows of cells without their headings, escapes taken back. */
export function readTables(text: string): string[][][] {
  const tables: string[][][] = [];
  let isInside = false;
  for (const line of text.split('\n')) {
    const isRow = line.startsWith('|');
    if (isRow && !isInside) tables.push([]);
    if (isRow) tables.at(-1)?.push(cellsOf(line));
    isInside = isRow;
  }
  // The first two rows are the heading and the line under it.
  return tables.map((rows) => rows.slice(2));
}

function cellsOf(line: string): string[] {
  const cells = line.match(/(?:\\.|[^|\\])+/g) ?? [];
  return cells.map((cell) => cell.trim().replaceAll(/\\(.)/g, '$1'));
}
