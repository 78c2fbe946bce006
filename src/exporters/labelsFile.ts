import { textFile, type ExportedFile } from './exportedFile.ts';

/** `labels.txt`: a line `0 name` for each class, in output order. */
export function labelsFile(labels: readonly string[]): ExportedFile {
  const lines = labels.map((label, index) => `${index} ${label.replaceAll(/[\r\n]+/g, ' ')}\n`);
  return textFile('labels.txt', lines.join(''));
}
