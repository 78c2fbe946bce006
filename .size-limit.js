import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = 'dist/assets';

/** What is loaded before anything is asked for: the entry, and all that it imports statically. */
function loadedWith(entry) {
  const first = readdirSync(FOLDER).find((file) => file.startsWith(entry) && file.endsWith('.js'));
  if (first === undefined) throw new Error(`No ${entry} in ${FOLDER}: build first`);
  const files = new Set([first]);
  for (const file of files) {
    const text = readFileSync(join(FOLDER, file), 'utf8');
    for (const [, imported] of text.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) {
      files.add(imported);
    }
  }
  return [...files].map((file) => join(FOLDER, file));
}

function limits(name, entry, plain, gzip) {
  const path = loadedWith(entry);
  return [
    { name, path, limit: plain, brotli: false },
    { name: `${name}, gzip`, path, limit: gzip, gzip: true },
  ];
}

export default [
  ...limits('page, first load', 'index-', '545 kB', '181 kB'),
  ...limits('base worker', 'base.worker-', '750 kB', '160 kB'),
  ...limits('head worker', 'head.worker-', '600 kB', '116 kB'),
  ...limits('tuning worker', 'tuning.worker-', '570 kB', '105 kB'),
  ...limits('photo worker', 'photo.worker-', '715 kB', '147 kB'),
  ...limits('exported page', 'demo-', '510 kB', '147 kB'),
];
