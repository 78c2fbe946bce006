import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import type { PhotoFolder } from './photoFolders.ts';
import type { PhotoUrls } from './peerPage.ts';

const PAGE =
  '<!doctype html><title>peer</title><script src="/tf.js"></script><script src="/tm.js"></script>';

export interface PeerServer {
  readonly origin: string;
  /** Makes photos available; gives their addresses. */
  readonly publish: (prefix: string, folders: readonly PhotoFolder[]) => PhotoUrls;
  readonly stop: () => void;
}

/** Serves the peer's page, its library with its own TensorFlow.js, its base and published photos; nothing else. */
export async function startPeerServer(baseFolder: string): Promise<PeerServer> {
  const files = new Map([
    ['/tf.js', join(packageFolder('tfjs-1.3.1'), 'dist/tf.min.js')],
    [
      '/tm.js',
      join(packageFolder('@teachablemachine/image'), 'dist/teachablemachine-image.min.js'),
    ],
    ['/base/model.json', join(baseFolder, 'model.json')],
    ['/base/weights.bin', join(baseFolder, 'weights.bin')],
  ]);
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const file = files.get(path);
    if (path === '/') response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
    else if (file === undefined) response.writeHead(404).end();
    else createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    publish: (prefix, folders) =>
      folders.map(({ className, files: photos }, classIndex) => ({
        className,
        urls: photos.map((photo, index) => {
          const url = `/${prefix}/${classIndex}/${index}`;
          files.set(url, photo);
          return url;
        }),
      })),
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function packageFolder(name: string): string {
  return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
}
