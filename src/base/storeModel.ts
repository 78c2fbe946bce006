import type { ImportedBase } from '../bridge/protocol.ts';
import type { NamedBlob } from '../engine/openFiles.ts';
import { nameOfFiles, type DescribeBody } from './baseFromFiles.ts';
import { storeImported } from './importBase.ts';
import type { Services } from './services.ts';

/** Stores a whole model's files as a base, called what the model is. Errors: as `storeImported`. */
export function storeModel(
  services: Services,
  files: readonly NamedBlob[],
  { name }: { readonly name: string | null },
  describe?: DescribeBody,
): Promise<ImportedBase> {
  const baseName = name ?? nameOfFiles(files.map((file) => file.name));
  const origin = { name: baseName, addresses: [], source: null };
  return storeImported(services, files, origin, describe);
}
