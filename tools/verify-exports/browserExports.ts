import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readZip } from '../../e2e/zipFiles.ts';
import { decodePng } from '../../src/engine/goldenFixture.ts';
import { writeGolden } from './golden.ts';

type ZipFiles = ReadonlyMap<string, Uint8Array>;

/** What `verified.json` tells of the file and of each drawing, or `measured.json` of a file of 8 bits. */
interface Verified {
  readonly format?: string;
  readonly golden: readonly {
    readonly file: string;
    readonly probabilities: readonly number[];
    readonly largestDifference: number;
  }[];
}

/** Golden folders in `root` of the exported zips at `path`, one or those in a folder, from what is in each zip alone. */
export async function browserExports(root: string, path: string): Promise<string[]> {
  const zips = statSync(path).isFile() ? [path] : filesIn(path, '.zip');
  const folders = await Promise.all(zips.map((zip) => goldenOf(root, zip)));
  return folders.flat();
}

function filesIn(folder: string, ending: string): string[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return paths.filter((path) => path.endsWith(ending)).map((path) => join(folder, path));
}

async function goldenOf(root: string, path: string): Promise<string[]> {
  const files: ZipFiles = await readZip(path);
  const told = files.get('verified.json') ?? files.get('measured.json');
  if (told === undefined) return [];
  const verified = JSON.parse(new TextDecoder().decode(told)) as Verified;
  const pictures = await Promise.all(
    verified.golden.map(({ file }) => decodePng(new Uint8Array(files.get(file) ?? []))),
  );
  const [first] = pictures;
  if (first === undefined) throw new Error(`No drawings in ${path}`);
  const folder = join(root, `browser-${basename(dirname(path))}-${basename(path, '.zip')}`);
  const models = [...files].filter(([name]) => /^model\.[^/]+$/.test(name));
  writeGolden(
    folder,
    models.map(([name, bytes]) => ({
      path: pathFor(name, verified),
      bytes: new Uint8Array(bytes),
    })),
    {
      shape: [pictures.length, first.height, first.width, 3],
      pixels: Buffer.concat(pictures.map(({ rgb }) => Buffer.from(rgb))),
      probabilities: Float32Array.from(verified.golden.flatMap((each) => each.probabilities)),
      largestDifference: Math.max(...verified.golden.map((each) => each.largestDifference)),
    },
  );
  return [folder];
}

/** The checks know files of half precision and of 8 bits by their name. */
function pathFor(name: string, { format }: Verified): string {
  if (format === undefined) return name.replace('.', '-int8.');
  return format.endsWith('float16') ? name.replace('.', '-float16.') : name;
}
