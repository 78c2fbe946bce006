import { GraftError } from '../domain/errors.ts';
import { fileNamed, textFile, type ExportedFile } from './exportedFile.ts';

/** Of the two builds of the backend the one for processors of the last ten years; without it the page runs on plain JavaScript. */
const WASM_FILE = 'demo/tfjs-backend-wasm-simd.wasm';

const CARRIED = [
  'model.json',
  'weights.bin',
  'metadata.json',
  'preprocessing.json',
  'model_card.json',
];

/**
 * One page that needs nothing beside it and runs from a folder: the demo page's own script and style
 * inside it, and model, labels and card as base64 in elements that no browser runs. Only those two pieces
 * are allowed by its policy, by their hashes. Errors: internal.
 */
export async function webPageFile(
  modelFiles: readonly ExportedFile[],
  demoFiles: readonly ExportedFile[],
): Promise<ExportedFile> {
  const script = textOf(fileEnding(demoFiles, '.js')).replaceAll('</script', String.raw`<\/script`);
  const style = textOf(fileEnding(demoFiles, '.css'));
  const carried = [
    ...modelFiles.filter(({ path }) => CARRIED.includes(path)),
    { ...fileNamed(demoFiles, WASM_FILE), path: 'backend.wasm' },
  ];
  const policy = [
    "default-src 'none'",
    `script-src '${await hashOf(script)}' 'wasm-unsafe-eval'`,
    `style-src '${await hashOf(style)}'`,
    'img-src blob: data:',
    'media-src blob:',
    'connect-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const text = [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">',
    '<meta name="color-scheme" content="light dark">',
    '<title>Classifier</title>',
    '<link rel="icon" href="data:,">',
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    '<main id="demo" aria-busy="true"></main>',
    '<noscript>This page needs JavaScript.</noscript>',
    ...carried.map(carriedElement),
    `<script type="module">${script}</script>`,
    '</body>',
    '</html>',
  ].join('\n');
  return textFile('index.html', text);
}

function carriedElement({ path, bytes }: ExportedFile): string {
  return `<script type="application/octet-stream" data-file="${path}">${base64(bytes)}</script>`;
}

function fileEnding(files: readonly ExportedFile[], ending: string): ExportedFile {
  const file = files.find(({ path }) => path.endsWith(ending));
  if (file === undefined) throw new GraftError('internal', `The demo page has no ${ending}`);
  return file;
}

function textOf({ bytes }: ExportedFile): string {
  return new TextDecoder().decode(bytes);
}

async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return `sha256-${base64(new Uint8Array(digest))}`;
}

/** A multiple of three, so that pieces join without padding between them. */
const PIECE_BYTES = 3 * 8192;

function base64(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let start = 0; start < bytes.length; start += PIECE_BYTES) {
    pieces.push(btoa(String.fromCharCode(...bytes.subarray(start, start + PIECE_BYTES))));
  }
  return pieces.join('');
}
