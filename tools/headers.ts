import { CATALOGUE_ORIGINS } from '../src/catalogue/origins.ts';

/** One policy for the page and its workers. `wasm-unsafe-eval` lets WebAssembly compile, and nothing else. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "font-src 'self'",
  "manifest-src 'self'",
  `connect-src 'self' ${CATALOGUE_ORIGINS.join(' ')}`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Lets the page use shared memory and precise timers, and keeps other origins out of it. */
export const crossOriginIsolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};
