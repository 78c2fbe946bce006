import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { contentSecurityPolicy, crossOriginIsolation } from './tools/headers.ts';

export default defineConfig({
  base: './',
  plugins: [
    react(),
    {
      // Static hosts that cannot set headers still get the policy from the page itself.
      name: 'content-security-policy',
      apply: 'build',
      transformIndexHtml: () => [
        {
          tag: 'meta',
          attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy },
          injectTo: 'head-prepend',
        },
      ],
    },
  ],
  worker: { format: 'es' },
  define: { __APP_VERSION__: JSON.stringify(process.env['npm_package_version'] ?? '0.0.0') },
  // Fonts, wasm and photos stay files of their own: the policy allows no data: scripts or fetches.
  build: { target: 'es2023', assetsInlineLimit: 0, chunkSizeWarningLimit: 2500 },
  server: { headers: crossOriginIsolation },
  preview: {
    port: 4173,
    headers: { ...crossOriginIsolation, 'Content-Security-Policy': contentSecurityPolicy },
  },
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'tools/**/*.test.ts', 'bench/**/*.test.ts'],
    testTimeout: 30_000,
    // By itself it leaves a core to whoever watches, which is half of a machine with two.
    maxWorkers: '100%',
  },
});
