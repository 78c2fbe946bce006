import 'fake-indexeddb/auto';
import '../engine/fileReaderSyncFixture.ts';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import torchFixtures from '../../tools/torch-fixtures/expected.json';
import { startFileServer, type FileServer } from '../engine/fileServerFixture.ts';
import { parsePlace, formulaWeights } from '../network/safetensors/torchFixture.ts';
import { getStoredBase } from '../storage/bases.ts';
import { listDownloads } from '../storage/downloads.ts';
import { addBaseFromUrl } from './addBaseFromUrl.ts';
import type { Services } from './services.ts';
import { openBaseServices } from './servicesFixture.ts';

let services: Services;
let server: FileServer;

beforeEach(async () => {
  server = await startFileServer();
  server.files.set('bases/index.json', new TextEncoder().encode('[]'));
  const { href, origin } = new URL('src/base/base.worker.ts', server.origin);
  vi.stubGlobal('self', { location: { href, origin } });
  services = await openBaseServices();
});

afterEach(async () => {
  vi.unstubAllGlobals();
  await server.close();
});

function add(url: string, isHeadless = false) {
  const context = { signal: new AbortController().signal, report: vi.fn() };
  return addBaseFromUrl(services, { url, isHeadless }, context);
}

/** Kernel and bias of its last layer, for ten classes. */
const NUM_DENSE = 1280 * 10 + 10;

/** The whole of MobileNetV2 0.35 as torchvision stores it, its weights made by a formula. */
function torchMobileNet(): Uint8Array {
  const places = torchFixtures.mobileNetV2.torchvision.tensors.map(parsePlace);
  const entries: Record<string, unknown> = {};
  const data: Uint8Array[] = [];
  let offset = 0;
  for (const place of places) {
    const bytes =
      place.dtype === 'F32' ? new Uint8Array(formulaWeights(place).buffer) : new Uint8Array(8);
    entries[place.name] = {
      dtype: place.dtype,
      shape: place.shape,
      data_offsets: [offset, offset + bytes.length],
    };
    offset += bytes.length;
    data.push(bytes);
  }
  const header = Buffer.from(JSON.stringify(entries));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, header, ...data]);
}

describe('addBaseFromUrl', () => {
  it('asks no host that the policy forbids, and says so', async () => {
    const url = 'https://example.com/vgg16.h5';
    await expect(add(url)).rejects.toMatchObject({
      code: 'host-not-allowed',
      details: { host: 'example.com', url },
    });
    await expect(add('vgg16')).rejects.toMatchObject({ code: 'base-unreachable' });
    expect(server.requests).toEqual([]);
  });

  it('fetches a model with its weights, and knows the base that it is', async () => {
    for (const name of ['model.json', 'weights.bin']) {
      server.files.set(`mine/${name}`, readFileSync(`public/bases/starter/${name}`));
    }
    const { base, wasKnown } = await add(new URL('mine/model.json', server.origin).href);
    expect({ id: base.id, wasKnown }).toEqual({ id: 'starter', wasKnown: true });
    expect(await services.database.count('bases')).toBe(0);
    expect(await listDownloads(services.database)).toEqual([]);
  });

  it('keeps what has come when the connection breaks, and goes on with it', async () => {
    server.files.set('mine/model.safetensors', torchMobileNet());
    const url = new URL('mine/model.safetensors', server.origin).href;
    server.breaksAfterBytes = 1_000_000;
    await expect(add(url)).rejects.toMatchObject({ code: 'base-unreachable' });
    expect(await listDownloads(services.database)).toEqual([
      { source: url, bytesKept: expect.any(Number) as number },
    ]);
    server.breaksAfterBytes = null;
    const { base } = await add(url);
    expect(base).toMatchObject({ name: 'model', architecture: 'MobileNetV2 0.35' });
    expect(base.numParameters).toBe(410_208 + NUM_DENSE);
    expect(server.requests.filter((request) => request.includes('bytes='))).toHaveLength(1);
    expect(await listDownloads(services.database)).toEqual([]);
  });

  it('leaves the fully connected layers of safetensors where they are', async () => {
    const whole = torchMobileNet();
    server.files.set('mine/model.safetensors', whole);
    const url = new URL('mine/model.safetensors', server.origin).href;
    const { base } = await add(url, true);
    expect(base).toMatchObject({ architecture: 'MobileNetV2 0.35', numParameters: 410_208 });
    const denseBytes = NUM_DENSE * 4;
    expect(base.sizeBytes).toBeLessThan(whole.length - denseBytes);
    expect(server.bytesSent).toBeLessThan(whole.length - denseBytes);
    const [file] = (await getStoredBase(services.database, base.id))?.files ?? [];
    expect(file?.blob.size).toBe(base.sizeBytes);
  });

  it('takes the whole file where the server gives no ranges', async () => {
    server.files.set('mine/model.safetensors', torchMobileNet());
    server.ignoresRanges = true;
    const { base } = await add(new URL('mine/model.safetensors', server.origin).href, true);
    expect(base.numParameters).toBe(410_208 + NUM_DENSE);
  });

  it('keeps nothing of what is no base', async () => {
    server.files.set('mine/page.h5', new TextEncoder().encode('<html>'));
    await expect(add(new URL('mine/page.h5', server.origin).href)).rejects.toMatchObject({
      code: 'base-invalid',
    });
    expect(await services.database.count('bases')).toBe(0);
    expect(await listDownloads(services.database)).toEqual([]);
  });
});
