import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readZip } from '../../e2e/zipFiles.ts';

/**
 * A folder of the data files among those that `e2e/exports.spec.ts` has left in `folder`, with the photos and
 * what the app answers for some of them, by their hashes.
 */
export async function browserData(root: string, folder: string): Promise<string> {
  const target = join(root, 'browser-data');
  mkdirSync(join(target, 'photos'), { recursive: true });
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  for (const path of paths) {
    const source = join(folder, path);
    if (path.endsWith('.npz')) copyFileSync(source, join(target, 'activations.npz'));
    else if (path.endsWith('.png')) copyFileSync(source, join(target, 'photos', basename(path)));
    else if (path.endsWith('-safetensors.zip') || path.endsWith('-projector.zip')) {
      for (const [name, bytes] of await readZip(source)) writeFileSync(join(target, name), bytes);
    } else if (path.endsWith('-onnx.zip')) {
      const proof = String((await readZip(source)).get('verified.json'));
      const { photos, expected: probabilities } = JSON.parse(proof) as Record<string, unknown>;
      writeFileSync(join(target, 'expected.json'), JSON.stringify({ photos, probabilities }));
    }
  }
  return target;
}
