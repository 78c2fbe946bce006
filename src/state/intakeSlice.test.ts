import { expect, it } from 'vitest';
import type { BaseMethods } from '../bridge/protocol.ts';
import { sha256 } from '../domain/sha256.ts';
import { fileAt, openStore } from './storeFixture.ts';

type CheckPhotos = BaseMethods['checkPhotos'];

it('keeps classes and photos in the order of their names, whichever are checked first', async () => {
  const files = ['ant', 'bee'].flatMap((name) =>
    Array.from({ length: 24 }, (_, i) => fileAt(`insects/${name}/${i + 10}.jpg`)),
  );
  let secondIsChecked: (() => void) | null = null;
  const second = new Promise<void>((resolve) => (secondIsChecked = resolve));
  const checkPhotos = async ({ files: batch }: CheckPhotos['params']) => {
    const hashes = await Promise.all(batch.map(async (file) => sha256(await file.arrayBuffer())));
    const isFirst = (await batch[0]?.text())?.includes('ant') === true;
    if (isFirst) await second;
    else setTimeout(() => secondIsChecked?.(), 20);
    const checks = hashes.map((imageHash) => ({
      ...({ status: 'ok', imageHash } as const),
      width: 4,
      height: 3,
    }));
    return { checks };
  };
  const { store } = await openStore({ checkPhotos });
  await store.getState().addFiles(files, null);
  const { project, samples } = store.getState();
  expect(project?.classLabels.map(({ name }) => name)).toEqual(['ant', 'bee']);
  expect(samples.map(({ fileName }) => fileName)).toEqual(
    files.map(({ webkitRelativePath }) => webkitRelativePath),
  );
});
