import { fileBytes } from './runModel.ts';
import type { ExportedFile } from '../exporters/exportedFile.ts';

const CARRIED = /<script type="application\/octet-stream" data-file="([^"]*)">([^<]*)<\/script>/g;

/** The files that a page carries in itself, read from its text as a browser would. */
export function carriedFiles(files: readonly ExportedFile[]): ExportedFile[] {
  const text = new TextDecoder().decode(fileBytes(files, 'index.html'));
  return [...text.matchAll(CARRIED)].map(([, path = '', base64 = '']) => ({
    path,
    bytes: Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)),
  }));
}
