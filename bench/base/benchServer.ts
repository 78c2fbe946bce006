import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { build } from 'vite';
import { crossOriginIsolation } from '../../tools/headers.ts';

export interface BenchServer {
  readonly origin: string;
  readonly stop: () => void;
}

const BUILD = 'build/bench';

const MIME_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.webp': 'image/webp',
};

/**
 * Builds a bench's page, a folder, and serves it, with the engines' packages, the starter base and the
 * assets; a folder of `photos` from elsewhere under `/photos/`.
 */
export async function startBenchServer(
  assets: string,
  page: string,
  photos: string | null = null,
): Promise<BenchServer> {
  await build({
    configFile: false,
    root: page,
    logLevel: 'warn',
    worker: { format: 'es' },
    build: {
      outDir: join(process.cwd(), BUILD),
      emptyOutDir: true,
      target: 'es2023',
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 5000,
    },
  });
  const folders: readonly (readonly [prefix: string, folder: string])[] = [
    ['/assets/weights/', `${assets}/weights/`],
    ['/assets/photos/', `${assets}/photos/`],
    // LiteRT looks for its parts beside the script of the worker.
    ['/assets/litert', 'node_modules/@litertjs/core/wasm/litert'],
    ...(photos === null ? [] : [['/photos/', `${photos}/`] as const]),
    ['/bases/', 'public/bases/'],
    ['/packages/', 'node_modules/'],
    ['/', `${BUILD}/`],
  ];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    const [prefix, folder] = folders.find(([each]) => path.startsWith(each)) ?? ['/', `${BUILD}/`];
    const file = folder + normalize(`/${path.slice(prefix.length)}`).slice(1);
    const found = path === '/' ? join(BUILD, 'index.html') : file;
    if (!existsSync(found) || !statSync(found).isFile()) {
      response.writeHead(404).end();
      return;
    }
    const type = MIME_TYPES[extname(found)] ?? 'application/octet-stream';
    response.writeHead(200, { 'content-type': type, ...crossOriginIsolation });
    createReadStream(found).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
