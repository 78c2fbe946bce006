import { parseArgs } from 'node:util';
import { CATALOGUE } from '../../src/catalogue/bases.ts';
import { toGraftError } from '../../src/domain/errors.ts';
import { addBase } from './addBase.ts';
import { readIndex, removeFromIndex } from './bundledIndex.ts';

const ROOT = 'public/bases';
/** Not among the files that a build copies. */
const DOWNLOADS = 'build/downloads';

const USAGE = `Puts networks beside the app, so that it has them without another host.

  npm run bases -- add NAME      a base of the catalogue: ${CATALOGUE.map(({ id }) => id).join(', ')}
  npm run bases -- add URL       any address of a model
  npm run bases -- add PATH      a file, or a folder with the files of one model
      --headless                 of a .safetensors address, leave out the fully connected layers
  npm run bases -- list          what is there
  npm run bases -- remove ID

What was broken off goes on when it is started again. Build the app afterwards: npm run build.`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { headless: { type: 'boolean', default: false } },
  });
  const [command, argument] = positionals;
  if (command === 'list') list();
  else if (command === 'add' && argument !== undefined) await add(argument, values.headless);
  else if (command === 'remove' && argument !== undefined) remove(argument);
  else {
    console.log(USAGE);
    process.exitCode = command === undefined ? 0 : 1;
  }
}

async function add(source: string, isHeadless: boolean): Promise<void> {
  const { id, name, sizeBytes, isVerified } = await addBase(source, {
    root: ROOT,
    downloads: DOWNLOADS,
    isHeadless,
    onBytes: (done, total) => {
      const of = total === null ? '' : ` of ${megabytes(total)}`;
      process.stderr.write(`\r${megabytes(done)}${of}   `);
    },
  });
  process.stderr.write('\r');
  const check = isVerified ? 'its hash is right' : 'not verified: no hash of it is known';
  console.log(`${name} (${id}), ${megabytes(sizeBytes)}, ${check}`);
}

function list(): void {
  for (const { id, name, sizeBytes } of readIndex(ROOT)) {
    console.log(`${id}\t${name}\t${megabytes(sizeBytes)}`);
  }
}

function remove(id: string): void {
  if (removeFromIndex(ROOT, id)) return;
  console.error(`There is no ${id} in ${ROOT}`);
  process.exitCode = 1;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

await main().catch((thrown: unknown) => {
  console.error(`\n${toGraftError(thrown).message}`);
  process.exitCode = 1;
});
