import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expandZips } from './expandZips.ts';
import { allOf, entryOf, streamOf } from './intakeFixture.ts';
import { placeEntries } from './placeEntries.ts';

const assets = process.env['GRAFT_ASSETS'];

/** Number of photos of each class; the bytes of every photo are unpacked and looked at. */
async function classesOf(name: string): Promise<Record<string, number>> {
  const blob = new Blob([await readFile(join(assets ?? '', 'teachable-machine', name))]);
  const items = await allOf(placeEntries(expandZips(streamOf([entryOf(name, blob)])), false));
  const counts: Record<string, number> = {};
  for (const item of items) {
    if (item.kind === 'problem') throw new Error(item.problem.problem);
    const [first] = new Uint8Array(await (await item.placed.entry.read()).arrayBuffer());
    expect([0xff, 0x89]).toContain(first);
    const key = `${String(item.placed.className)}, ${item.placed.source}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

describe.skipIf(assets === undefined)('files of Teachable Machine (needs GRAFT_ASSETS)', () => {
  it('a project of today gives its classes', async () => {
    expect(await classesOf('export_b/project.tm')).toEqual({
      'Class 1, teachable-machine': 30,
      'Class 2, teachable-machine': 30,
    });
  });

  it('an older project gives its classes in their order', async () => {
    const classes = await classesOf('project_c.tm');
    expect(Object.keys(classes).slice(0, 2)).toEqual([
      'Rubix Cube, teachable-machine',
      'Black Pointer, teachable-machine',
    ]);
    expect(Object.values(classes)).toEqual([8, 2, 2, 3, 2, 5, 2, 1, 2]);
  });

  it('a zip of class folders gives its classes, without what macOS put in', async () => {
    expect(await classesOf('image-model-data.zip')).toEqual({
      'Class 2, file': 11,
      'Class 1, file': 11,
    });
  });

  it.each(['image-model.zip', 'export_c.zip'])('a model (%s) is said to be one', async (name) => {
    await expect(classesOf(name)).rejects.toThrow('model-not-photos');
  });
});
