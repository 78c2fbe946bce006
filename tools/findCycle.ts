/** Files by path, each with the paths that it imports. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/** The first cycle that a depth-first walk meets, from a file back to itself; `null` where there is none. */
export function findCycle(graph: ImportGraph): readonly string[] | null {
  const finished = new Set<string>();
  const trail: string[] = [];

  const visit = (file: string): readonly string[] | null => {
    if (finished.has(file)) return null;
    const start = trail.indexOf(file);
    if (start >= 0) return [...trail.slice(start), file];
    trail.push(file);
    for (const imported of graph.get(file) ?? []) {
      const cycle = visit(imported);
      if (cycle !== null) return cycle;
    }
    trail.pop();
    finished.add(file);
    return null;
  };

  for (const file of graph.keys()) {
    const cycle = visit(file);
    if (cycle !== null) return cycle;
  }
  return null;
}
