export const BACKEND_NAMES = ['webgpu', 'webgl', 'wasm', 'cpu'] as const;

export type BackendName = (typeof BACKEND_NAMES)[number];

export const GPU_BACKENDS = ['webgpu', 'webgl'] as const satisfies readonly BackendName[];
export type GpuBackend = (typeof GPU_BACKENDS)[number];

export function isGpu(backend: BackendName): backend is GpuBackend {
  return GPU_BACKENDS.some((each) => each === backend);
}

/** `auto` measures; any other name is used as it is, software or not. */
export type BackendChoice = 'auto' | BackendName;

/** What was found out about one backend for one base on this device. */
export interface BackendCandidate {
  readonly backend: BackendName;
  /** Name of the GPU or renderer as the browser gives it; `null` for WASM and CPU. */
  readonly adapter: string | null;
  readonly outcome:
    | { readonly kind: 'measured'; readonly photosPerSecond: number }
    | { readonly kind: 'skipped'; readonly reason: 'software-adapter' | 'not-available' }
    | { readonly kind: 'failed'; readonly reason: 'self-test' | 'too-slow' | 'error' };
}

export interface BackendReport {
  readonly backend: BackendName;
  readonly adapter: string | null;
  /** Network only, without decoding; `null` until measured. */
  readonly photosPerSecond: number | null;
  /** Empty until candidates have been tried. */
  readonly candidates: readonly BackendCandidate[];
}
