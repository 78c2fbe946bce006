import type { BaseMethods, ImportedBase } from '../bridge/protocol.ts';
import { openFiles, type NamedBlob } from '../engine/openFiles.ts';
import { putStoredBase } from '../storage/bases.ts';
import {
  baseFromFiles,
  nameOfFiles,
  type DescribeBody,
  type FilesOrigin,
} from './baseFromFiles.ts';
import { listBasesAtHand } from './basesAtHand.ts';
import { describeOn } from './describeBase.ts';
import { sizeOf } from './downloadBase.ts';
import type { Services } from './services.ts';

type Import = BaseMethods['importBase'];

/** Reads the files, takes the network's identity, and stores them unless the same network is at hand. */
export async function importBase(
  services: Services,
  { files }: Import['params'],
): Promise<ImportedBase> {
  const named = files.map((file) => ({ name: file.name, blob: file }));
  return storeImported(services, named, {
    name: nameOfFiles(named.map(({ name }) => name)),
    addresses: [],
    source: null,
  });
}

interface ImportSource extends Pick<FilesOrigin, 'name' | 'addresses'> {
  /** Under which parts of a download are kept; `null` for files that the user gave. */
  readonly source: string | null;
}

/** `describe` may know already what is in it. Errors: base-invalid, unsupported-layer, quota-exceeded. */
export async function storeImported(
  { database, loadBase, runner }: Services,
  files: readonly NamedBlob[],
  { name, addresses, source }: ImportSource,
  describe: DescribeBody = describeOn(runner),
): Promise<ImportedBase> {
  const opened = await openFiles(files);
  const origin = { name, origin: 'imported', addresses, sizeBytes: sizeOf(files) } as const;
  const base = await baseFromFiles(opened, origin, describe);
  const classNames = 'network' in opened ? opened.classNames : null;
  const atHand = await listBasesAtHand(database);
  const twin = atHand.find(({ graphHash }) => graphHash === base.graphHash);
  if (twin !== undefined) return { base: twin, wasKnown: true, classNames };
  await putStoredBase(database, { id: base.id, base, files, storedAt: Date.now() }, source);
  loadBase.forget(base.id);
  return { base, wasKnown: false, classNames };
}
