import type { ExportFile } from '../bridge/exportMethods.ts';
import { fileBytes } from './runModel.ts';

const CARRIED = /<script type="application\/octet-stream" data-file="([^"]*)">([^<]*)<\/script>/g;

/** The files that a page carries in itself, read from its text as a browser would. */
export function carriedFiles(files: readonly ExportFile[]): ExportFile[] {
  const text = new TextDecoder().decode(fileBytes(files, 'index.html'));
  return [...text.matchAll(CARRIED)].map(([, path = '', base64 = '']) => ({
    path,
    bytes: Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)),
  }));
}
