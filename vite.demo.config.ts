import { defineConfig, type Plugin } from 'vite';

/** The page runs on WASM or plain JavaScript; the GPU backends would double its size for nothing. */
const withoutGpuBackends: Plugin = {
  name: 'without-gpu-backends',
  enforce: 'pre',
  resolveId: (id) => (/tfjs-backend-web(gl|gpu)$/.test(id) ? '\0no-backend' : null),
  load: (id) => (id === '\0no-backend' ? 'export {};' : null),
};

/** Builds the page that goes into exports: relative addresses, one script, nothing inline. */
export default defineConfig({
  root: 'src/demo',
  base: './',
  publicDir: false,
  plugins: [withoutGpuBackends],
  build: {
    outDir: '../../build/demo',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: false,
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      output: {
        codeSplitting: false,
        entryFileNames: 'demo/demo.js',
        assetFileNames: 'demo/[name][extname]',
      },
    },
  },
});
