import type { Random } from './random.ts';

/** Makes broken and hostile files for tests out of good ones: always the same for the same seed. */

export type Bytes = Uint8Array<ArrayBuffer>;

export interface HostileFile {
  /** What was done to the good file. */
  readonly title: string;
  readonly bytes: Bytes;
}

/** Would run where it were taken for HTML. */
export const SCRIPT_NAME = '<img src=x onerror=alert(1)>';

/** Stands in JSON for what no text of JSON can be made of at once: lists in lists in lists. */
const DEEP_PLACE = 'deep place';
const DEPTH = 50_000;

const HOSTILE_VALUES: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  0.5,
  2 ** 31,
  2 ** 53,
  1e308,
  '',
  SCRIPT_NAME,
  '../../etc/passwd',
  '__proto__',
  'constructor',
  'x'.repeat(200_000),
  [],
  {},
  [[]],
  Array.from({ length: 200_000 }, () => 1),
  { class_name: 'Sequential', config: [] },
  DEEP_PLACE,
];

/** The file cut off at every hundredth of its length. */
export function truncations(bytes: Bytes): HostileFile[] {
  return Array.from({ length: 100 }, (_, percent) => {
    const length = Math.floor((bytes.length * percent) / 100);
    return { title: `cut off at ${percent} %`, bytes: bytes.slice(0, length) };
  });
}

/** With one to eight bytes changed, anywhere before `end`. */
export function flips(bytes: Bytes, count: number, random: Random, end = bytes.length) {
  return Array.from({ length: count }, (): HostileFile => {
    const changed = bytes.slice();
    const places = Array.from({ length: 1 + below(8, random) }, () => below(end, random));
    for (const place of places) changed[place] = (changed[place] ?? 0) ^ (1 + below(255, random));
    return { title: `with other bytes at ${places.join()}`, bytes: changed };
  });
}

/** With a whole number anywhere before `end` made as large as two, four or eight bytes hold. */
export function hugeCounts(bytes: Bytes, count: number, random: Random, end = bytes.length) {
  const numbers = [
    [0xff, 0xff],
    [0xff, 0xff, 0xff, 0x7f],
    [0xff, 0xff, 0xff, 0xff],
    [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
    [0, 0, 0, 0, 0, 0, 0, 0x40],
  ];
  return Array.from({ length: count }, (_, i): HostileFile => {
    const changed = bytes.slice();
    const number = numbers[i % numbers.length] ?? [];
    const place = below(Math.max(1, end - number.length), random);
    if (place + number.length <= changed.length) changed.set(number, place);
    return { title: `with a huge number at ${place}`, bytes: changed };
  });
}

/** JSON with one of its values made another, at any depth, or doubled, or left out. */
export function hostileJson(text: string, count: number, random: Random): HostileFile[] {
  return Array.from({ length: count }, (_, i): HostileFile => {
    const json = JSON.parse(text) as unknown;
    const place = anyPlace(json, random);
    const value = HOSTILE_VALUES[i % HOSTILE_VALUES.length];
    place.parent[place.key] = value;
    const deep = '['.repeat(DEPTH) + ']'.repeat(DEPTH);
    const changed = JSON.stringify(json).replace(`"${DEEP_PLACE}"`, () => deep);
    const shown = JSON.stringify(value).slice(0, 40);
    return { title: `with ${place.path} = ${shown}`, bytes: new TextEncoder().encode(changed) };
  });
}

interface Place {
  readonly parent: Record<string, unknown>;
  readonly key: string;
  readonly path: string;
}

/** Goes down from the top, and stops anywhere. */
function anyPlace(json: unknown, random: Random): Place {
  let parent = json as Record<string, unknown>;
  const path: string[] = [];
  for (;;) {
    const keys = Object.keys(parent);
    const key = keys[below(keys.length, random)] ?? '0';
    path.push(key);
    const child = parent[key];
    const hasMore = typeof child === 'object' && child !== null && Object.keys(child).length > 0;
    if (!hasMore || random.next() < 0.15) return { parent, key, path: path.join('.') };
    parent = child as Record<string, unknown>;
  }
}

function below(end: number, random: Random): number {
  return Math.floor(random.next() * end);
}
