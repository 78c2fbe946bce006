import { serve } from '../bridge/serve.ts';
import type { ZipMethods } from '../bridge/zipMethods.ts';
import { GraftError } from '../domain/errors.ts';
import type { ZipTarget } from './zipTarget.ts';
import { createZip } from './zipWriting.ts';

let zip: ZipTarget | null = null;

function opened(): ZipTarget {
  if (zip === null) throw new GraftError('internal', 'No zip is open');
  return zip;
}

serve<ZipMethods>(self, {
  open: ({ type }) => {
    zip = createZip(type);
    return Promise.resolve(null);
  },
  add: async ({ path, content, packing }) => {
    await opened().add(path, content, packing);
    return null;
  },
  close: async () => ({ blob: await opened().close() }),
});
