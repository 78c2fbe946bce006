import type { ZipContent, ZipPacking } from '../bridge/zipMethods.ts';

/** A file to be put into a zip. */
export interface FileToZip {
  /** Inside the zip, with forward slashes. */
  readonly path: string;
  readonly bytes: Blob;
}

/** A zip under construction. */
export interface ZipTarget {
  /** Adds one file. */
  readonly add: (path: string, content: ZipContent, packing: ZipPacking) => Promise<void>;
  /** Writes the directory and gives the whole zip. */
  readonly close: () => Promise<Blob>;
}

/** Gives `use` a new zip of that media type, which is let go of when `use` has ended. */
export type WithZip = <Result>(
  type: string,
  use: (zip: ZipTarget) => Promise<Result>,
) => Promise<Result>;
