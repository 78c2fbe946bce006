import { describe, expect, it } from 'vitest';
import messages from '../app/i18n/en/messages.json';
import {
  flips,
  hugeCounts,
  SCRIPT_NAME,
  truncations,
  type Bytes,
  type HostileFile,
} from '../domain/hostileFixture.ts';
import { largestBufferOf } from '../domain/largestBufferFixture.ts';
import { createRandom } from '../domain/random.ts';
import type { ExpandedEntry } from './entry.ts';
import { allOf, entryOf, expand, streamOf, zipOf } from './intakeFixture.ts';
import { placeEntries } from './placeEntries.ts';

/** No zip here is larger than 20 kB. */
const MAX_BUFFER = 2 ** 20;

const PATHS = ['daisy/1.jpg', 'daisy/2.png', 'roses/train/3.jpg', `${SCRIPT_NAME}/4.jpg`];
const stored = (path: string) => ({ path, options: { level: 0 } });

const subjects = [
  ['a zip of photos', 'photos.zip', await zipOf(PATHS)],
  ['a zip that stores its photos as they are', 'photos.zip', await zipOf(PATHS.map(stored))],
  [
    'a Teachable Machine project',
    'project.tm',
    await zipOf(['Mug-!-0.jpg', `${SCRIPT_NAME}-!-0.jpg`, 'manifest.json'].map(stored)),
  ],
] as const;

/** What is wrong with how a zip is taken; `null` where nothing is. */
async function complaintAbout(name: string, bytes: Bytes): Promise<string | null> {
  try {
    const items = await expand(name, new Blob([bytes]));
    for (const item of items) {
      const complaint = await complaintAboutItem(item);
      if (complaint !== null) return complaint;
    }
    const placed = await allOf(placeEntries(streamOf(items), false));
    const names = placed.flatMap((each) => (each.kind === 'photo' ? [each.placed.className] : []));
    // Longer ones, and those with controls, make a page unreadable.
    const isFit = (each: string | null) => each === null || !/\p{Cc}|^.{101}/u.test(each);
    return names.every(isFit) ? null : 'gives a class name that cannot be shown';
  } catch (thrown) {
    return String((thrown as Error).stack);
  }
}

/** A problem has a sentence; an entry gives the bytes of one of the files, or none. */
async function complaintAboutItem(item: ExpandedEntry): Promise<string | null> {
  if (item.kind === 'problem') {
    return messages.problem[item.problem.problem] === '' ? 'has no sentence' : null;
  }
  const blob = await item.entry.read().catch(() => null);
  if (blob === null || item.entry.path.endsWith('.zip') || item.entry.path.endsWith('.tm')) {
    return null;
  }
  const text = await blob.text();
  const isOneOfThem = PATHS.includes(text) || text.includes('-!-0.jpg') || text === 'manifest.json';
  return isOneOfThem ? null : `gives other bytes: ${text.slice(0, 40)}`;
}

describe.each(subjects)('%s', (_, name, zip) => {
  it('ends in a problem or in its photos when it is broken or hostile', async () => {
    const bytes = new Uint8Array(await zip.arrayBuffer());
    const random = createRandom(11);
    const cases: HostileFile[] = [
      ...truncations(bytes),
      ...flips(bytes, 150, random),
      ...hugeCounts(bytes, 150, random),
    ];
    const complaints: string[] = [];
    const largest = await largestBufferOf(async () => {
      for (const { title, bytes: hostile } of cases) {
        const complaint = await complaintAbout(name, hostile);
        if (complaint !== null) complaints.push(`${title}: ${complaint}`);
      }
    });
    expect(complaints).toEqual([]);
    expect(cases).toHaveLength(400);
    expect(largest).toBeLessThan(MAX_BUFFER);
  });
});

describe('a path that leads elsewhere', () => {
  const elsewhere = [
    '../../../etc/passwd/1.jpg',
    '/etc/cron.d/1.jpg',
    'C:\\Windows\\System32\\1.jpg',
    '..\\..\\1.jpg',
    '//host/share/1.jpg',
    'a/../../b/1.jpg',
    './././1.jpg',
    `${'../'.repeat(500)}1.jpg`,
    '__proto__/1.jpg',
    'constructor/1.jpg',
    '\u202egpj.exe/1.jpg',
    `${'x'.repeat(5000)}/1.jpg`,
    `${SCRIPT_NAME}/1.jpg`,
  ];

  it.each(elsewhere)('such as %s becomes a name of a class at most', async (path) => {
    const items = await expand('photos.zip', await zipOf([path]));
    const ofFolder = await allOf(
      placeEntries(streamOf([{ kind: 'entry', entry: entryOf(path) } as const]), false),
    );
    const placed = [...(await allOf(placeEntries(streamOf(items), false))), ...ofFolder];
    for (const item of placed) {
      if (item.kind !== 'photo') continue;
      const { className } = item.placed;
      expect(['..', '.', '', 'C:']).not.toContain(className);
      expect(className ?? '').not.toMatch(/[\u202e/]|^.{101}/u);
    }
  });
});
