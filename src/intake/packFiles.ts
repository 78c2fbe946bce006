import type { FileToZip, WithZip } from '../zip/zipTarget.ts';

export interface PackedFiles {
  readonly blob: Blob;
  /** With its dot. */
  readonly extension: string;
}

/**
 * One file as it is, several as a zip, in their order. `more` may be known later: till then the others are
 * compressed. Errors: those of `more`.
 */
export async function packFiles(
  withZip: WithZip,
  files: readonly FileToZip[],
  more: Promise<readonly FileToZip[]> = Promise.resolve([]),
): Promise<PackedFiles> {
  // It may fail long before its turn.
  more.catch(() => undefined);
  const [only, ...others] = files;
  if (only !== undefined && others.length === 0 && (await more).length === 0) {
    return { blob: only.bytes, extension: only.path.slice(only.path.lastIndexOf('.')) };
  }
  return withZip('application/zip', async (zip) => {
    for (const { path, bytes } of files) await zip.add(path, bytes, 'deflated');
    for (const { path, bytes } of await more) await zip.add(path, bytes, 'deflated');
    return { blob: await zip.close(), extension: '.zip' };
  });
}
