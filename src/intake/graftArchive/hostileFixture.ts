import { GraftError } from '../../domain/errors.ts';
import { allOf, withZipHere, zipOf, type TestFile } from '../intakeFixture.ts';
import { listZip } from '../zipReading.ts';
import { archiveInput } from './archiveFixture.ts';
import { openArchive, type OpenedArchive } from './openArchive.ts';
import { writeArchive } from './writeArchive.ts';

export type Json = Record<string, unknown>;

const good = await writeArchive(withZipHere, await archiveInput());
const files = await allOf(listZip(good));
const contents = new Map(
  await Promise.all(files.map(async (file) => [file.path, await file.read('')] as const)),
);

/** The fixture's project as a file, and the files in it. */
export const goodArchive = { blob: good, contents };

export function open(blob: Blob): Promise<OpenedArchive> {
  const { signal } = new AbortController();
  return openArchive(new File([blob], 'x.graft'), { signal, onProgress: () => undefined });
}

/** Text of a file in the good archive. */
export async function textOf(entry: string): Promise<string> {
  return (await contents.get(entry)?.text()) ?? '';
}

/** The good archive with some files replaced, or left out where `null`. */
export async function archiveWith(
  changes: Readonly<Record<string, string | Blob | null>>,
): Promise<Blob> {
  const changed = { ...Object.fromEntries(contents), ...changes };
  return zipOf(
    Object.entries(changed).flatMap(([path, content]): TestFile[] =>
      content === null ? [] : [{ path, content }],
    ),
  );
}

/** The good archive with one value of a JSON file replaced; `place` is a path of keys and indices. */
export async function archiveWithValue(
  entry: string,
  place: string,
  value: unknown,
): Promise<Blob> {
  const json = JSON.parse(await textOf(entry)) as Json;
  const keys = place.split('.');
  const last = keys.pop() ?? '';
  const parent = keys.reduce<Json>((each, key) => each[key] as Json, json);
  parent[last] = value;
  return archiveWith({ [entry]: JSON.stringify(json) });
}

/** How an archive is refused; `opened` where it is not. */
export async function failureOf(
  blob: Blob,
): Promise<{ code: string; entry: unknown; message: string }> {
  try {
    await open(blob);
  } catch (thrown) {
    if (!(thrown instanceof GraftError)) throw thrown;
    return { code: thrown.code, entry: thrown.details['entry'], message: thrown.message };
  }
  return { code: 'opened', entry: null, message: '' };
}
