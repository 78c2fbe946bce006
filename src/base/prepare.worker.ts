import { serve, Transferred } from '../bridge/serve.ts';
import { decodePhoto, readBytes, readPixels } from '../engine/decode.ts';
import { preprocessPixels } from '../engine/preprocess.ts';
import type { PrepareMethods } from './prepareProtocol.ts';

serve<PrepareMethods>(self, {
  preparePhoto: async ({ file, spec }) => {
    const read = await readBytes(file);
    if (read.status === 'rejected') return read;
    const photo = await decodePhoto(file, read.value, (bitmap) =>
      preprocessPixels(readPixels(bitmap), spec),
    );
    return photo.status === 'rejected' ? photo : new Transferred(photo, [photo.value.buffer]);
  },
});
