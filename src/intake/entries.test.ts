import { expect, it } from 'vitest';
import { dropEntries, fileEntries } from './entries.ts';
import { allOf } from './intakeFixture.ts';

interface Tree {
  readonly [name: string]: Tree | string;
}

/** Counts calls, so that tests see that listing reads no file. */
let numReads = 0;

function systemEntry(path: string, node: Tree | string): FileSystemEntry {
  const name = path.split('/').at(-1) ?? '';
  if (typeof node === 'string') {
    const file = (resolve: (file: File) => void, reject: (error: Error) => void) => {
      numReads += 1;
      if (node === 'locked') reject(new Error('NotReadableError'));
      else resolve(new File([node], name));
    };
    return { isDirectory: false, isFile: true, name, fullPath: path, file } as never;
  }
  const children = Object.entries(node).map(([key, child]) => systemEntry(`${path}/${key}`, child));
  const createReader = () => {
    const left = [...children];
    const readEntries = (
      resolve: (batch: FileSystemEntry[]) => void,
      reject: (error: Error) => void,
    ) => {
      if (name === 'forbidden') reject(new Error('NotAllowedError'));
      else resolve(left.splice(0, 100));
    };
    return { readEntries };
  };
  return { isDirectory: true, isFile: false, name, fullPath: path, createReader } as never;
}

/** A drop that is empty once control is back at the event loop, as in a browser. */
function dropOf(tree: Tree): DataTransfer {
  const items = Object.entries(tree).map(([name, node]) => ({
    kind: 'file',
    webkitGetAsEntry: () => systemEntry(`/${name}`, node),
  }));
  const data = { items: [{ kind: 'string' }, ...items], files: [] };
  setTimeout(() => data.items.splice(0), 0);
  return data as never;
}

async function pathsOf(tree: Tree): Promise<string[]> {
  const entries = dropEntries(dropOf(tree));
  await new Promise((resolve) => setTimeout(resolve, 5));
  return (await allOf(entries)).map(({ path }) => path);
}

it('opens folders in folders, in the order of names as people count', async () => {
  const paths = await pathsOf({
    flowers: { roses: { '10.jpg': 'x', '2.jpg': 'x' }, daisy: { '1.jpg': 'x' } },
    'loose.jpg': 'x',
  });
  expect(paths).toEqual([
    'flowers/daisy/1.jpg',
    'flowers/roses/2.jpg',
    'flowers/roses/10.jpg',
    'loose.jpg',
  ]);
});

it('lists 10,000 files, which come 100 at a time, without reading one', async () => {
  numReads = 0;
  const names = Array.from({ length: 10_000 }, (_, index) => [`${index}.jpg`, 'x'] as const);
  const paths = await pathsOf({ daisy: Object.fromEntries(names) });
  expect(paths).toHaveLength(10_000);
  expect(paths.at(-1)).toBe('daisy/9999.jpg');
  expect(numReads).toBe(0);
});

it('leaves out what systems put into folders, without looking into it', async () => {
  const paths = await pathsOf({
    daisy: { '.DS_Store': 'x', 'Thumbs.db': 'x', 'desktop.ini': 'x', '1.jpg': 'x' },
    __MACOSX: { daisy: { '._1.jpg': 'x' } },
    '.git': { forbidden: {} },
  });
  expect(paths).toEqual(['daisy/1.jpg']);
});

it('reads a file when asked, and says so when it cannot', async () => {
  const [good, locked] = await allOf(
    dropEntries(dropOf({ 'a.jpg': 'picture', 'b.jpg': 'locked' })),
  );
  expect(await (await good?.read())?.text()).toBe('picture');
  await expect(locked?.read()).rejects.toThrow('NotReadableError');
});

it('lists a folder that may not be opened as something that cannot be read', async () => {
  const entries = await allOf(dropEntries(dropOf({ forbidden: {}, 'a.jpg': 'x' })));
  expect(entries.map(({ path }) => path)).toEqual(['a.jpg', 'forbidden']);
  await expect(entries[1]?.read()).rejects.toThrow('NotAllowedError');
});

it('falls back to plain files where a drop has no file system entries', async () => {
  const file = new File(['picture'], 'a.jpg');
  Object.defineProperty(file, 'webkitRelativePath', { value: '' });
  const item = { kind: 'file', webkitGetAsEntry: () => null };
  const entries = await allOf(dropEntries({ items: [item], files: [file] } as never));
  expect(entries.map(({ path }) => path)).toEqual(['a.jpg']);
  expect(await (await entries[0]?.read())?.text()).toBe('picture');
});

it('honours the folders of a folder picker, and the order of loose files', async () => {
  const fileAt = (path: string, isLoose: boolean): File => {
    const file = new File(['x'], path.split('/').at(-1) ?? path);
    Object.defineProperty(file, 'webkitRelativePath', { value: isLoose ? '' : path });
    return file;
  };
  const pathsOfFiles = async (files: File[]) =>
    (await allOf(fileEntries(files))).map(({ path }) => path);
  expect(await pathsOfFiles([fileAt('f/b/10.jpg', false), fileAt('f/b/9.jpg', false)])).toEqual([
    'f/b/9.jpg',
    'f/b/10.jpg',
  ]);
  expect(await pathsOfFiles([fileAt('b.jpg', true), fileAt('a.jpg', true)])).toEqual([
    'b.jpg',
    'a.jpg',
  ]);
});
