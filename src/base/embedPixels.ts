import type { BaseMethods } from '../bridge/protocol.ts';
import type { HandlerContext } from '../bridge/serve.ts';
import { throwIfCancelled } from '../domain/errors.ts';
import { encodeFloat16 } from '../domain/float16.ts';
import type { Sha256 } from '../domain/ids.ts';
import { pixelSpace } from '../domain/pixelSpace.ts';
import {
  missingActivations,
  putActivations,
  type ComputedActivation,
} from '../storage/activations.ts';
import type { PreparedPhoto } from './photoProtocol.ts';
import { runPrepared } from './runPrepared.ts';
import type { Services } from './services.ts';

type Embed = BaseMethods['embedPixels'];

const BATCH_SIZE = 32;

/** Stores the pixels that are missing, as activations of an input layer; says which photos have none. */
export async function embedPixels(
  { database, photos }: Pick<Services, 'database' | 'photos'>,
  { preprocessing, imageHashes }: Embed['params'],
  { signal, report }: HandlerContext<Embed['progress']>,
): Promise<Embed['result']> {
  const space = pixelSpace(preprocessing);
  const missing = await missingActivations(database, space, imageHashes);
  const failed: Sha256[] = [];
  for (let done = 0; done < missing.length; done += BATCH_SIZE) {
    throwIfCancelled(signal);
    report({ done, total: missing.length });
    const batch = missing.slice(done, done + BATCH_SIZE);
    const prepared = await Promise.all(batch.map((hash) => photos.prepare([hash], preprocessing)));
    const rows = await inputRows(prepared.flat(), preprocessing);
    const computed: ComputedActivation[] = [];
    for (const [i, imageHash] of batch.entries()) {
      const row = rows[i];
      if (row?.status === 'decoded') computed.push({ imageHash, values: encodeFloat16(row.value) });
      else failed.push(imageHash);
    }
    await putActivations(database, space, computed);
  }
  return { failed };
}

/** What an input layer puts out is what it is given. */
function inputRows(prepared: readonly PreparedPhoto[], spec: Embed['params']['preprocessing']) {
  return runPrepared(prepared, spec, (batch) => Promise.resolve(batch));
}
