import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import messages from '../app/i18n/en/messages.json';
import { GraftError } from '../domain/errors.ts';
import { flips, hostileJson, truncations, type HostileFile } from '../domain/hostileFixture.ts';
import { largestBufferOf } from '../domain/largestBufferFixture.ts';
import { createRandom } from '../domain/random.ts';
import { bytesInMemory, type ByteSource } from './byteSource.ts';
import { withCompanions } from './kerasClassifier.ts';
import { openNetwork } from './openNetwork.ts';
import { recogniseFile } from './recogniseFile.ts';

const MIB = 2 ** 20;

const LABELS = '0 Mug\n1 Bowl\n2 ../../etc/passwd\n';
const PREPROCESSING = JSON.stringify({
  formatVersion: 1,
  spec: { framing: 'padded', channelOrder: 'rgb', scale: [1], offset: [0] },
});
const CARD = JSON.stringify({ formatVersion: 1, name: 'Cups' });

/** What lies beside a Keras file, one of the files made hostile. */
function* companions() {
  const random = createRandom(11);
  const good = {
    'labels.txt': LABELS,
    'preprocessing.json': PREPROCESSING,
    'model_card.json': CARD,
  };
  for (const [name, text] of Object.entries(good)) {
    const bytes = new TextEncoder().encode(text);
    const made: HostileFile[] = [
      ...truncations(bytes).filter((_, i) => i % 2 === 0),
      ...flips(bytes, 100, random),
      ...(name === 'labels.txt' ? hostileLabels(bytes) : hostileJson(text, 100, random)),
    ];
    for (const { title, bytes: hostile } of made) {
      const others = Object.entries(good).filter(([other]) => other !== name);
      const files: ByteSource[] = others.map(([path, content]) =>
        bytesInMemory(path, new TextEncoder().encode(content)),
      );
      yield { title: `${name} ${title}`, files: [bytesInMemory(name, hostile), ...files] };
    }
  }
}

function hostileLabels(bytes: Uint8Array<ArrayBuffer>): HostileFile[] {
  return [
    { title: 'of 8 MiB', bytes: new Uint8Array(8 * MIB).fill(97) },
    { title: 'of a million lines', bytes: new Uint8Array(1e6).fill(10) },
    { title: 'of zeros', bytes: new Uint8Array(100) },
    { title: 'with a byte order mark', bytes: Uint8Array.of(0xef, 0xbb, 0xbf, ...bytes) },
    { title: 'of half a character', bytes: Uint8Array.of(...bytes, 0xe6, 0x9d) },
    {
      title: 'with a name that never ends',
      bytes: Uint8Array.of(...bytes, ...Array<number>(9e4).fill(97)),
    },
  ];
}

it('hostile files beside a Keras file describe it or end in a sentence', async () => {
  const bytes = new Uint8Array(readFileSync('src/base/kerasClassifier/model.keras'));
  const opened = await openNetwork([bytesInMemory('model.keras', bytes)]);
  if (!('network' in opened)) throw new Error('Not layers');
  const ends: Record<string, number> = {};
  const complaints: string[] = [];
  const largest = await largestBufferOf(() => {
    for (const { title, files } of companions()) {
      const end = endOf(() => {
        const { classifier } = withCompanions(opened, files.map(recogniseFile));
        return classifier?.describe().classNames.length === 3 ? 'described' : 'not three names';
      });
      ends[end] = (ends[end] ?? 0) + 1;
      if (!ENDS.includes(end)) complaints.push(`${title}: ${end}`);
    }
    return Promise.resolve();
  });
  expect(complaints).toEqual([]);
  // Each is met, and has a sentence.
  for (const end of ENDS) expect(ends[end]).toBeGreaterThan(5);
  expect(Object.keys(messages.failure)).toEqual(expect.arrayContaining(ENDS.slice(1)));
  expect(largest).toBeLessThan(9 * MIB);
});

const ENDS = ['described', 'base-invalid', 'labels-mismatch'];

function endOf(act: () => string): string {
  try {
    return act();
  } catch (thrown) {
    return thrown instanceof GraftError ? thrown.code : String(thrown);
  }
}
