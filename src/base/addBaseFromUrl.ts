import type { BaseMethods } from '../bridge/protocol.ts';
import type { HandlerContext } from '../bridge/serve.ts';
import { CATALOGUE_ORIGINS } from '../catalogue/origins.ts';
import { GraftError } from '../domain/errors.ts';
import { fileNameOf } from '../engine/fetchBase.ts';
import { deleteParts } from '../storage/downloads.ts';
import { canGoOn } from './downloadBase.ts';
import { downloadFiles } from './downloadFiles.ts';
import { storeImported } from './importBase.ts';
import { ProgressPace } from './progressPace.ts';
import type { Services } from './services.ts';

type Add = BaseMethods['addBaseFromUrl'];

/** Larger files could not be stored by most browsers, nor run. */
const MAX_BYTES = 4e9;

/** Fetches a base from an address that the page's policy allows. What has come is kept when cancelled. */
export async function addBaseFromUrl(
  services: Services,
  { url: text, isHeadless }: Add['params'],
  { signal, report }: HandlerContext<Add['progress']>,
): Promise<Add['result']> {
  const url = allowedUrl(text);
  const pace = new ProgressPace();
  const name = nameFromUrl(url);
  try {
    const files = await downloadFiles(services.database, text, [url], {
      signal,
      isHeadless,
      maxBytes: MAX_BYTES,
      onBytes: (bytesDone, total) => {
        if (pace.mark(bytesDone)) report({ bytesDone, bytesTotal: total ?? 0 });
      },
    });
    const imported = await storeImported(services, files, {
      name,
      addresses: [url.href],
      source: text,
    });
    // Where the network was there already, nothing was stored, and its parts are still there.
    await deleteParts(services.database, text);
    return imported;
  } catch (thrown) {
    if (!canGoOn(thrown)) await deleteParts(services.database, text);
    throw thrown;
  }
}

/** Errors: base-unreachable for what is no address, host-not-allowed {host, url}. */
function allowedUrl(text: string): URL {
  if (!URL.canParse(text)) {
    throw new GraftError('base-unreachable', `${text} is no address`, { host: text });
  }
  const url = new URL(text);
  if (url.origin === self.location.origin || CATALOGUE_ORIGINS.includes(url.origin)) return url;
  const { host } = url;
  throw new GraftError('host-not-allowed', `The policy forbids ${host}`, { host, url: text });
}

/** A `model.json` is called what its folder is called. */
function nameFromUrl(url: URL): string {
  const fileName = fileNameOf(url);
  const folder = fileNameOf(new URL(url.pathname.replace(/\/[^/]*$/u, ''), url));
  return fileName === 'model.json' && folder !== '' ? folder : fileName.replace(/\.\w+$/u, '');
}
