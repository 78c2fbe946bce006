import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readNpz } from '../src/checks/readNpz.ts';
import { expect } from './fixtures.ts';
import { PHOTO_KINDS } from './generatedPhotos.ts';
import type { Screens } from './screens.ts';
import { readZip } from './zipFiles.ts';

/**
 * Saves the data files of the trained model into folders of `folder`, and looks into each. Gives the path
 * of the head.
 */
export async function expectDataFiles(
  screens: Screens,
  folder: string,
  numPhotos: number,
): Promise<string> {
  const save = async (format: string, name: string) => {
    const path = await screens.export.downloadData(join(folder, name), format);
    expect(await screens.export.proof()).toMatch(/^Compared: .* all [\d,]+ values/);
    return path;
  };
  const arrays = await readNpz(new Blob([readFileSync(await save('NumPy arrays (.npz)', 'npz'))]));
  const activations = await arrays.get('activations')?.();
  expect(activations).toMatchObject({ type: '<f4', shape: [numPhotos, 1280] });

  const headPath = await save('safetensors', 'safetensors');
  const head = await readZip(headPath);
  const architecture = JSON.parse(String(head.get('architecture.json'))) as {
    readonly classLabels: readonly { readonly name: string }[];
  };
  expect(architecture.classLabels.map(({ name }) => name)).toEqual(PHOTO_KINDS.toSorted());
  expect([...head.keys()]).toEqual(
    expect.arrayContaining(['head.safetensors', 'labels.txt', 'preprocessing.json']),
  );

  const projector = await readZip(await save('Embedding Projector', 'projector'));
  expect(String(projector.get('vectors.tsv')).trimEnd().split('\n')).toHaveLength(numPhotos);
  expect(String(projector.get('metadata.tsv')).trimEnd().split('\n')).toHaveLength(numPhotos + 1);
  // Six columns of 64 pixels, as the header of a PNG says (chunk IHDR).
  const sprite = projector.get('sprite.png');
  expect([sprite?.readUInt32BE(16), sprite?.readUInt32BE(20)]).toEqual([384, 384]);

  const card = await readZip(await save('Model card', 'card'));
  expect([...card.keys()]).toEqual(['MODEL_CARD.md', 'model_card.json']);
  return headPath;
}
