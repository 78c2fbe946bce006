import { describe, expect, it } from 'vitest';
import type { ExpandedEntry } from './entry.ts';
import { allOf, entryOf, streamOf } from './intakeFixture.ts';
import { placeEntries } from './placeEntries.ts';

/** `path → class, split` of each file, in the order in which they come. */
async function placesOf(paths: readonly string[], isClassGiven = false): Promise<string[]> {
  const entries = paths.map((path): ExpandedEntry => ({ kind: 'entry', entry: entryOf(path) }));
  const items = await allOf(placeEntries(streamOf(entries), isClassGiven));
  return items.map((item) => {
    if (item.kind === 'problem') throw new Error('no problem expected');
    const { entry, className, split } = item.placed;
    return `${entry.path} → ${String(className)}, ${split}`;
  });
}

it.each([
  ['daisy/1.jpg', 'daisy, auto'],
  ['flowers/daisy/1.jpg', 'daisy, auto'],
  ['a/b/c/daisy/1.jpg', 'daisy, auto'],
  ['1.jpg', 'null, auto'],
  ['train/daisy/1.jpg', 'daisy, train'],
  ['flowers/Validation/daisy/1.jpg', 'daisy, validation'],
  ['flowers/VAL/daisy/1.jpg', 'daisy, validation'],
  ['dev/daisy/1.jpg', 'daisy, validation'],
  ['valid/daisy/1.jpg', 'daisy, validation'],
  ['testing/daisy/1.jpg', 'daisy, test'],
  ['flowers/daisy/train/1.jpg', 'daisy, train'],
  ['flowers/daisy/Test/1.jpg', 'daisy, test'],
  ['training/wild/daisy/1.jpg', 'daisy, train'],
  ['test/1.jpg', 'null, test'],
  ['contest/1.jpg', 'contest, auto'],
])('places %s as %s', async (path, place) => {
  expect(await placesOf([path])).toEqual([`${path} → ${place}`]);
});

it('keeps the order in which files come', async () => {
  expect(await placesOf(['roses/1.jpg', 'loose.jpg', 'daisy/1.jpg'])).toEqual([
    'roses/1.jpg → roses, auto',
    'loose.jpg → null, auto',
    'daisy/1.jpg → daisy, auto',
  ]);
});

it('takes a folder called train beside class folders for a class', async () => {
  expect(await placesOf(['vehicles/train/1.jpg', 'vehicles/car/1.jpg'])).toEqual([
    'vehicles/car/1.jpg → car, auto',
    'vehicles/train/1.jpg → train, auto',
  ]);
  expect(await placesOf(['train/train/1.jpg', 'train/car/1.jpg'])).toEqual([
    'train/car/1.jpg → car, train',
    'train/train/1.jpg → train, train',
  ]);
});

it('keeps splits below the class apart from folders elsewhere', async () => {
  expect(await placesOf(['f/daisy/train/1.jpg', 'f/daisy/val/2.jpg', 'f/roses/3.jpg'])).toEqual([
    'f/roses/3.jpg → roses, auto',
    'f/daisy/train/1.jpg → daisy, train',
    'f/daisy/val/2.jpg → daisy, validation',
  ]);
});

it('honours only the split where the class is given', async () => {
  expect(await placesOf(['a/train/1.jpg', 'b/2.jpg', '3.jpg', 'X-!-0.jpg'], true)).toEqual([
    'a/train/1.jpg → null, train',
    'b/2.jpg → null, auto',
    '3.jpg → null, auto',
    'X-!-0.jpg → null, auto',
  ]);
});

describe('names that mean harm', () => {
  it.each([
    ['../../x/1.jpg', 'x, auto'],
    ['../1.jpg', 'null, auto'],
    ['/etc/1.jpg', 'etc, auto'],
    ['C:/1.jpg', 'null, auto'],
    ['<img src=x onerror=alert(1)>/1.jpg', '<img src=x onerror=alert(1)>, auto'],
    ['__proto__/1.jpg', '__proto__, auto'],
    [' a\u0000b\u202e\n /1.jpg', 'a b, auto'],
    ['\u200e/1.jpg', 'null, auto'],
  ])('takes %j for nothing but text', async (path, place) => {
    expect(await placesOf([path])).toEqual([`${path} → ${place}`]);
  });

  it('cuts endless names and composes accents', async () => {
    const [placed] = await placesOf([`${'x'.repeat(5000)}/1.jpg`]);
    expect(placed).toMatch(/→ x{100}, auto$/u);
    expect(await placesOf(['cafe\u0301/1.jpg'])).toEqual(['cafe\u0301/1.jpg → café, auto']);
  });
});

describe('Teachable Machine names', () => {
  it('carry their class, in any folder', async () => {
    const items = await allOf(
      placeEntries(
        streamOf([
          { kind: 'entry', entry: entryOf('project/Class 1-!-12.jpg') },
          { kind: 'entry', entry: entryOf('a-!-b-!-0.png') },
          { kind: 'entry', entry: entryOf('daisy/x-!-y.jpg') },
        ]),
        false,
      ),
    );
    const placed = items.flatMap((item) => (item.kind === 'photo' ? [item.placed] : []));
    expect(placed.map(({ className, source }) => [className, source])).toEqual([
      ['Class 1', 'teachable-machine'],
      ['a-!-b', 'teachable-machine'],
      ['daisy', 'file'],
    ]);
  });
});

it('passes problems on where they come', async () => {
  const problem = { fileName: 'x.zip', problem: 'zip-damaged', detail: null } as const;
  const items = await allOf(
    placeEntries(
      streamOf<ExpandedEntry>([
        { kind: 'problem', problem },
        { kind: 'entry', entry: entryOf('a/1.jpg') },
      ]),
      false,
    ),
  );
  expect(items[0]).toEqual({ kind: 'problem', problem });
  expect(items[1]?.kind).toBe('photo');
});
