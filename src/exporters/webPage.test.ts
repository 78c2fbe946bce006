import { expect, test } from 'vitest';
import { textFile } from './exportedFile.ts';
import { webPageFile } from './webPage.ts';

const DEMO = [
  textFile('index.html', '<p>not used</p>'),
  textFile('demo/demo.js', 'const end = "</script><script>alert(1)</script>";'),
  textFile('demo/index.css', 'body { margin: 0 }'),
  textFile('demo/tfjs-backend-wasm-simd.wasm', 'wasm'),
  textFile('demo/tfjs-backend-wasm.wasm', 'older'),
];
const MODEL = [
  textFile('model.json', '{"a":"</script>"}'),
  textFile('metadata.json', '{"labels":["<img src=x onerror=alert(1)>"]}'),
  textFile('labels.txt', '0 <b>cat</b>'),
];

test('one page holds program and files, and nothing in them can end its elements', async () => {
  const { path, bytes } = await webPageFile(MODEL, DEMO);
  const text = new TextDecoder().decode(bytes);
  expect(path).toBe('index.html');
  expect(text.match(/<script/g)).toHaveLength(5);
  expect(text).not.toContain('onerror');
  expect(text).not.toContain('<b>cat');
  const model = /data-file="model.json">([^<]*)</.exec(text)?.[1] ?? '';
  expect(atob(model)).toBe('{"a":"</script>"}');
  expect(atob(/data-file="backend.wasm">([^<]*)</.exec(text)?.[1] ?? '')).toBe('wasm');
});

test('its policy allows its own script and style, by their hashes, and no address', async () => {
  const text = new TextDecoder().decode((await webPageFile(MODEL, DEMO)).bytes);
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(text)?.[1] ?? '';
  const script = /<script type="module">(.*)<\/script>/.exec(text)?.[1] ?? '';
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(script));
  const hash = btoa(String.fromCharCode(...new Uint8Array(digest)));
  expect(policy).toContain(`script-src 'sha256-${hash}' 'wasm-unsafe-eval'`);
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/https?:|unsafe-inline|'self'/);
});

test('carries bytes of any length', async () => {
  const bytes = Uint8Array.from({ length: 100_001 }, (_, i) => i * 7);
  const page = await webPageFile([{ path: 'weights.bin', bytes }], DEMO);
  const text = new TextDecoder().decode(page.bytes);
  const carried = atob(/data-file="weights.bin">([^<]*)</.exec(text)?.[1] ?? '');
  expect(Uint8Array.from(carried, (character) => character.charCodeAt(0))).toEqual(bytes);
});
