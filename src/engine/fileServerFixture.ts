import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a server of these tests answers; a test changes it as it goes. */
export interface FileServer {
  readonly origin: URL;
  /** By path without the leading slash. */
  readonly files: Map<string, Uint8Array>;
  etag: string | null;
  ignoresRanges: boolean;
  /** Sends only so many bytes of an answer's body, and then breaks the connection or says nothing more. */
  breaksAfterBytes: number | null;
  isStalling: boolean;
  /** Of the bodies of all answers so far. */
  bytesSent: number;
  /** "path" or "path bytes=…" of each request, in order. */
  readonly requests: string[];
  readonly close: () => Promise<void>;
}

/** A file server on a free port of this machine. */
export async function startFileServer(files: Record<string, Uint8Array> = {}): Promise<FileServer> {
  const server = createServer((request, response) => answer(fixture, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const fixture: FileServer = {
    origin: new URL(`http://127.0.0.1:${port}/`),
    files: new Map(Object.entries(files)),
    etag: '"1"',
    ignoresRanges: false,
    breaksAfterBytes: null,
    isStalling: false,
    bytesSent: 0,
    requests: [],
    close: () => closeServer(server),
  };
  return fixture;
}

function answer(fixture: FileServer, request: IncomingMessage, response: ServerResponse): void {
  const path = decodeURIComponent((request.url ?? '/').slice(1));
  const { range } = request.headers;
  fixture.requests.push(range === undefined ? path : `${path} ${range}`);
  const bytes = fixture.files.get(path);
  if (bytes === undefined) {
    response.writeHead(404).end('not here');
    return;
  }
  const [, from = '0', to = ''] = /bytes=(\d+)-(\d*)/u.exec(range ?? '') ?? [];
  const isPart = range !== undefined && !fixture.ignoresRanges;
  if (isPart && Number(from) >= bytes.length) {
    response.writeHead(416).end();
    return;
  }
  const body = isPart
    ? bytes.subarray(Number(from), to === '' ? undefined : Number(to) + 1)
    : bytes;
  fixture.bytesSent += body.length;
  const etag = fixture.etag === null ? {} : { etag: fixture.etag };
  response.writeHead(isPart ? 206 : 200, { 'content-length': body.length, ...etag });
  if (body.length <= (fixture.breaksAfterBytes ?? Infinity)) response.end(body);
  else {
    const sent = body.subarray(0, fixture.breaksAfterBytes ?? undefined);
    response.write(sent, () => {
      if (!fixture.isStalling) response.destroy();
    });
  }
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
