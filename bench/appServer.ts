import { spawnSync } from 'node:child_process';
import { preview } from 'vite';

export interface AppServer {
  readonly origin: string;
  readonly stop: () => Promise<void>;
}

/** Builds the app and serves the build, with the headers that `npm start` sends. */
export async function startAppServer(): Promise<AppServer> {
  const { status } = spawnSync('npm', ['run', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error('The app does not build');
  const server = await preview({ preview: { port: 4400 }, logLevel: 'warn' });
  const [address] = server.resolvedUrls?.local ?? [];
  if (address === undefined) throw new Error('The app is not served');
  return { origin: new URL(address).origin, stop: () => server.close() };
}
