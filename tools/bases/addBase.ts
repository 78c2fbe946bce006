import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import { acceptOffer, baseFromFiles, nameOfFiles } from '../../src/base/baseFromFiles.ts';
import { CATALOGUE, STARTER_BASE } from '../../src/catalogue/bases.ts';
import type { BaseModel, BaseOffer } from '../../src/domain/baseModel.ts';
import { describeBody } from '../../src/engine/describeBody.ts';
import { openNetwork } from '../../src/network/openNetwork.ts';
import { addToIndex } from './bundledIndex.ts';
import { downloadTo, type DownloadOptions } from './downloadTo.ts';
import { fileSource } from './fileSource.ts';

export interface AddOptions extends DownloadOptions {
  /** `public/bases`, or a folder in its place. */
  readonly root: string;
  /** Where unfinished downloads wait. */
  readonly downloads: string;
}

/**
 * Puts a base into `root`: one of the catalogue by its id, or whatever is at an address or in a file or
 * folder. A download that was broken off is gone on with. Nothing is put there that was not found right.
 * Errors: those of reading and checking a base.
 */
export async function addBase(source: string, options: AddOptions): Promise<BaseModel> {
  const { root, downloads } = options;
  const offer = CATALOGUE.find(({ id }) => id === source);
  const isUrl = /^https?:/u.test(source);
  if (offer === undefined && !isUrl) return keep(root, await localFiles(source), null, copyFile);
  const addresses = offer?.addresses ?? [source];
  const digest = createHash('sha256').update(source).digest('hex');
  const folder = join(downloads, digest.slice(0, 16));
  const paths = await downloadTo(folder, addresses, options);
  try {
    return await keep(root, paths, offer ?? null, rename);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Checks the files, and only then moves or copies them to where the app will find them. */
async function keep(
  root: string,
  paths: readonly string[],
  offer: BaseOffer | null,
  transfer: (from: string, to: string) => Promise<void>,
): Promise<BaseModel> {
  const sources = paths.map(fileSource);
  const opened = await openNetwork(sources);
  const sizeBytes = sources.reduce((sum, { size }) => sum + size, 0);
  const name = nameOfFiles(sources.map((file) => file.name));
  const origin = { name, origin: 'bundled', addresses: [], sizeBytes } as const;
  const found =
    offer === null
      ? await baseFromFiles(opened, origin, describeBody)
      : await acceptOffer(offer, opened, sizeBytes, describeBody);
  if (found.id === STARTER_BASE.id) return STARTER_BASE;
  const folder = join(root, found.id);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const path of paths) await transfer(path, join(folder, basename(path)));
  const addresses = paths.map((path) => `bases/${found.id}/${encodeURIComponent(basename(path))}`);
  const base: BaseModel = { ...found, origin: 'bundled', addresses, selfTestUrl: null };
  addToIndex(root, base);
  return base;
}

async function localFiles(path: string): Promise<readonly string[]> {
  if (!existsSync(path)) {
    throw new Error(`${path} is no base of the catalogue, no address, and no file or folder`);
  }
  if (!(await stat(path)).isDirectory()) return [path];
  const entries = await readdir(path, { withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => join(path, name));
}
