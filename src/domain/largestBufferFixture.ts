/**
 * Runs `work` and gives the size in bytes of the largest buffer that was made meanwhile, whether the
 * memory was really given or not. WebAssembly's own memory is none of them.
 */
export async function largestBufferOf(work: () => Promise<void>): Promise<number> {
  let largest = 0;
  const scope = globalThis as unknown as Record<string, BufferMaker>;
  const makers = MAKERS.map((name) => [name, scope[name]] as const);
  for (const [name, maker] of makers) {
    if (maker === undefined) continue;
    const construct = (target: BufferMaker, given: unknown[]) => {
      const [asked] = given;
      const bytes = typeof asked === 'number' ? asked * (target.BYTES_PER_ELEMENT ?? 1) : 0;
      largest = Math.max(largest, bytes);
      return Reflect.construct<unknown[], object>(target, given, target);
    };
    scope[name] = new Proxy(maker, { construct });
  }
  try {
    await work();
  } finally {
    for (const [name, maker] of makers) if (maker !== undefined) scope[name] = maker;
  }
  return largest;
}

type BufferMaker = (new (...given: unknown[]) => object) & { readonly BYTES_PER_ELEMENT?: number };

const MAKERS = [
  'ArrayBuffer',
  'Uint8Array',
  'Uint16Array',
  'Int32Array',
  'Float32Array',
  'Float64Array',
];
