import { serve, Transferred } from '../bridge/serve.ts';
import { readBytes, type Decoded } from '../engine/decode.ts';
import { decodePixels } from '../engine/decodePixels.ts';
import { openDatabase } from '../storage/database.ts';
import { getImage } from '../storage/images.ts';
import type { PhotoSource, PrepareMethods } from './prepareProtocol.ts';

const database = openDatabase();

const MISSING_IMAGE: Decoded<never> = { status: 'rejected', problem: 'unreadable', detail: null };

async function fileOf(source: PhotoSource): Promise<Blob | undefined> {
  return typeof source === 'string' ? getImage(await database, source) : source;
}

serve<PrepareMethods>(self, {
  preparePhoto: async ({ source, spec }) => {
    const file = await fileOf(source);
    if (file === undefined) return MISSING_IMAGE;
    const read = await readBytes(file);
    if (read.status === 'rejected') return read;
    const photo = await decodePixels(file, read.value, spec);
    return photo.status === 'rejected' ? photo : new Transferred(photo, [photo.value.buffer]);
  },
});
