import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawPhotos } from './generatedPhotos.ts';
import { writeZip } from './zipFiles.ts';

/** Would call `alert` if any place took it for HTML. */
export const SCRIPT_NAME = '<img src=x onerror=alert(1)>';

const DEEP = '['.repeat(100_000) + ']'.repeat(100_000);

/** Writes twenty broken and hostile files of every kind that can be dropped. Gives their paths. */
export async function writeHostileFiles(folder: string): Promise<readonly string[]> {
  const [photo = Buffer.alloc(0)] = drawPhotos('dots', 1, 1);
  const model = JSON.stringify({ modelTopology: { class_name: SCRIPT_NAME }, weightsManifest: [] });
  const hdf5 = Buffer.from([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]);
  const plain: Readonly<Record<string, Buffer | string>> = {
    'empty.png': '',
    'cut.png': photo.subarray(0, photo.length / 2),
    'page.png': '<!doctype html><script>alert(1)</script>',
    'vector.svg': '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    'model.json': model,
    'deep.json': `{"modelTopology":${DEEP},"weightsManifest":[]}`,
    'huge.json': JSON.stringify({
      modelTopology: { class_name: 'Sequential', config: [] },
      weightsManifest: [
        {
          paths: ['../../etc/passwd'],
          weights: [{ name: 'a', shape: [2 ** 30], dtype: 'float32' }],
        },
      ],
    }),
    'noise.h5': Buffer.concat([hdf5, Buffer.alloc(5000, 0xff)]),
    'start.h5': hdf5,
    'long.safetensors': Buffer.from([255, 255, 255, 255, 255, 255, 255, 127, 0x7b, 0x7d]),
    'overlap.safetensors': safetensors({ a: { dtype: 'F32', shape: [9], data_offsets: [0, 4] } }),
    'text.keras': 'not a zip',
    'text.graft': 'not a zip',
    'start.graft': Buffer.from('PK\u0003\u0004'),
    'script.html': '<script>alert(1)</script>',
    [`${SCRIPT_NAME}.txt`]: 'a name',
  };
  const zips: Readonly<Record<string, ReadonlyMap<string, Buffer>>> = {
    'climbing.zip': new Map([['../../../etc/cron.d/1.txt', Buffer.from('x')]]),
    'graft.graft': new Map([['manifest.json', Buffer.from('{"format":"graft","version":1e9}')]]),
    'model.zip': new Map([['export/model.json', Buffer.from(model)]]),
    'project.tm': new Map([[`${SCRIPT_NAME}-!-0.jpg`, Buffer.from('no picture')]]),
  };
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(plain)) writeFileSync(join(folder, name), content);
  for (const [name, files] of Object.entries(zips)) await writeZip(join(folder, name), files);
  return [...Object.keys(plain), ...Object.keys(zips)].map((name) => join(folder, name));
}

function safetensors(header: object): Buffer {
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, Buffer.alloc(8)]);
}
