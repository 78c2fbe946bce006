import type { IncomingMessage, ServerResponse } from 'node:http';
import { preview } from 'vite';

export interface StallingServer {
  /** Paths of the answers, with the range that was asked for. */
  readonly requests: string[];
  /** Bytes of a body that are sent before nothing more comes; `null` for all. */
  stallsAfterBytes: number | null;
  readonly stop: () => Promise<void>;
}

/** Serves the app, and beside it `files`, each under `/files/` and its name. */
export async function startStallingServer(
  port: number,
  files: Readonly<Record<string, Uint8Array>>,
): Promise<StallingServer> {
  const requests: string[] = [];
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const name = (request.url ?? '').slice(1);
    const bytes = files[name];
    const { range = '' } = request.headers;
    requests.push(`${name} ${range}`.trim());
    if (bytes === undefined) {
      response.writeHead(404).end();
      return;
    }
    const from = Number(/bytes=(\d+)-/u.exec(range)?.[1] ?? 0);
    const body = bytes.subarray(from);
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': body.length, etag: '"1"' });
    const limit = stalling.stallsAfterBytes ?? Infinity;
    if (body.length <= limit) response.end(body);
    else response.write(body.subarray(0, limit));
  };
  const server = await preview({
    preview: { port, strictPort: true },
    logLevel: 'warn',
    plugins: [
      {
        name: 'stalling-files',
        configurePreviewServer: ({ middlewares }) => {
          middlewares.use('/files', answer);
        },
      },
    ],
  });
  const stalling: StallingServer = { requests, stallsAfterBytes: null, stop: () => server.close() };
  return stalling;
}
