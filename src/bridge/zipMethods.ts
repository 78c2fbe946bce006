export type ZipContent = string | Uint8Array<ArrayBuffer> | Blob;

/** `stored`: as it is, for what is compressed already. */
export type ZipPacking = 'deflated' | 'stored';

/** Answered by a worker that puts one zip together: `open` first, `close` last. */
export interface ZipMethods {
  open: {
    /** The finished zip's. */
    params: { readonly type: string };
    result: null;
    progress: never;
  };
  /** Adds one file. */
  add: {
    params: { readonly path: string; readonly content: ZipContent; readonly packing: ZipPacking };
    result: null;
    progress: never;
  };
  /** Writes the directory and gives the whole zip. */
  close: {
    params: Record<string, never>;
    result: { readonly blob: Blob };
    progress: never;
  };
}
