/** A photo in a Teachable Machine project: `<class>-!-<number>.jpg`. */
const PHOTO_NAME = /^(?<className>.+)-!-\d+\.(?:jpe?g|png)$/iu;

/** The class that a file name of Teachable Machine carries; `null` for any other name. */
export function teachableMachineClass(path: string): string | null {
  const fileName = path.slice(path.lastIndexOf('/') + 1);
  return PHOTO_NAME.exec(fileName)?.groups?.['className'] ?? null;
}

export function isTeachableMachineName(path: string): boolean {
  return teachableMachineClass(path) !== null;
}
