import 'fake-indexeddb/auto';
import '../engine/fileReaderSyncFixture.ts';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OpenedModel } from '../bridge/modelMethods.ts';
import type { Cut } from '../domain/cut.ts';
import { GraftError } from '../domain/errors.ts';
import { flips, hugeCounts, truncations, type Bytes } from '../domain/hostileFixture.ts';
import { largestBufferOf } from '../domain/largestBufferFixture.ts';
import { PIXEL_RANGES } from '../domain/pixelRanges.ts';
import type { PreprocessingSpec } from '../domain/preprocessing.ts';
import { createRandom } from '../domain/random.ts';
import { useTestBackend } from '../engine/backendFixture.ts';
import { createPlan } from '../engine/plan.ts';
import { writeInput } from '../engine/preprocess.ts';
import { textFile } from '../exporters/exportedFile.ts';
import { formulaHead, formulaPixels } from '../exporters/exportFixture.ts';
import { teachableMachineFiles } from '../exporters/teachableMachine.ts';
import { webPageFile } from '../exporters/webPage.ts';
import { classifierNetwork } from '../network/compose.ts';
import type { Network } from '../network/network.ts';
import { teachableMachineExport } from '../network/teachableMachineFixture.ts';
import { zipFixture } from '../network/zipFixture.ts';
import { importBase } from './importBase.ts';
import { openModel } from './openModel.ts';
import type { Services } from './services.ts';
import { openLoneBaseServices } from './servicesFixture.ts';

const SIDE = 8;
const LABELS = ['Mug', '</script><b>Bowl', '匙'];
const CUT: Cut = { positions: [2], pooling: 'global-average' };
const HEAD = formulaHead(4, 3);
const SPEC: PreprocessingSpec = {
  version: 2,
  inputHeight: SIDE,
  inputWidth: SIDE,
  framing: 'padded',
  ...PIXEL_RANGES['signed-unit'],
};
const DEMO = [
  textFile('demo/demo.js', 'if (1 < 2) document.write("<script data-file=1>")'),
  textFile('demo/index.css', 'body { content: "é" }'),
  textFile('demo/tfjs-backend-wasm-simd.wasm', 'a backend'),
];

let services: Services;

beforeAll(() => useTestBackend('cpu'));

beforeEach(async () => {
  services = await openLoneBaseServices();
  return () => vi.unstubAllGlobals();
});

/** The page that the app writes around a base that is at hand then, and what it answers. */
async function exportedPage() {
  const files = teachableMachineExport().map(
    ({ name, size, read }) => new File([read(0, size)], name),
  );
  const { base } = await importBase(services, { files });
  const { network } = await services.loadBase(base.id);
  if (!('layers' in network)) throw new Error('Not layers');
  const classifier = classifierNetwork({ network, cut: CUT, head: HEAD });
  const parts = { labels: LABELS, preprocessing: SPEC, modelName: 'Cups', createdAt: new Date(0) };
  const model = teachableMachineFiles({ network: classifier, ...parts });
  const { bytes } = await webPageFile(model, DEMO);
  return { base, bytes, probabilities: await answerOf(classifier, SPEC) };
}

async function answerOf(network: Network, spec: PreprocessingSpec): Promise<number[]> {
  const plan = createPlan(network, [SIDE, SIDE, 3]);
  const input = new Float32Array(SIDE * SIDE * 3);
  writeInput(formulaPixels(SIDE, SIDE), spec, input, 0);
  const answer = await plan.run(input, 1);
  plan.dispose();
  return [...answer];
}

async function answerOfModel({ base, cut, head, preprocessing }: OpenedModel) {
  const { network } = await services.loadBase(base.id);
  if (!('layers' in network)) throw new Error('Not layers');
  return answerOf(classifierNetwork({ network, cut, head }), preprocessing);
}

const open = (bytes: Bytes, name = 'Cups-web-page.html') =>
  openModel(services, { files: [new File([bytes], name)] });

describe('the one page', () => {
  it('opens with its classes, and finds its base again', async () => {
    const { base, bytes, probabilities } = await exportedPage();
    const model = await open(bytes);
    expect(model).toMatchObject({
      base: { id: base.id },
      cut: CUT,
      head: HEAD,
      classNames: LABELS,
      name: 'Cups',
      preprocessing: { framing: 'padded' },
    });
    const answers = await answerOfModel(model);
    for (const [i, answer] of answers.entries()) expect(answer).toBeCloseTo(probabilities[i] ?? -1);
  });

  it('brings its base where that is gone, under any name, also in a zip', async () => {
    const { base, bytes, probabilities } = await exportedPage();
    await services.database.clear('bases');
    services.loadBase.forget(base.id);
    const zip = await zipFixture({ 'index.html': bytes });
    for (const model of [await open(bytes, 'saved'), await open(zip.read(0, zip.size))]) {
      const answers = await answerOfModel(model);
      for (const [i, answer] of answers.entries())
        expect(answer).toBeCloseTo(probabilities[i] ?? -1, 5);
    }
    expect(await services.database.count('bases')).toBe(1);
  });

  it('ends in a sentence when it is cut off or damaged anywhere, and takes no memory for it', async () => {
    const { bytes } = await exportedPage();
    const random = createRandom(8);
    const made = [
      ...truncations(bytes),
      ...flips(bytes, 100, random),
      ...hugeCounts(bytes, 60, random),
    ];
    const codes = new Set<string>();
    const largest = await largestBufferOf(async () => {
      for (const { title, bytes: hostile } of made) {
        const thrown: unknown = await open(hostile).then(
          () => null,
          (error: unknown) => error,
        );
        if (thrown === null) codes.add('opened');
        else if (thrown instanceof GraftError) codes.add(thrown.code);
        else throw new Error(`${title}: ${String((thrown as Error).stack)}`);
      }
    });
    expect([...codes]).toEqual(expect.arrayContaining(['base-invalid', 'opened']));
    expect([...codes].filter((code) => !ENDS.includes(code))).toEqual([]);
    expect(largest).toBeLessThan(2 ** 20);
  });

  it.each([
    ['that carries none', ''],
    ['that carries a zip instead', carried('model.json', 'UEsDBA==')],
    [
      'that carries another page',
      carried('index.html', btoa(`<!doctype html>${carried('a', '')}`)),
    ],
    ['whose letters are no base64', carried('model.json', '????')],
    ['with a letter too many', carried('model.json', 'e30=e')],
  ])('is refused as a model %s', async (_, elements) => {
    const page = new TextEncoder().encode(`<!doctype html><body>${elements}</body>`);
    await expect(open(page)).rejects.toMatchObject({
      code: 'base-invalid',
      details: { file: 'Cups-web-page.html' },
    });
  });
});

/** How opening a damaged page may end: whole where only its program or a weight is damaged. */
const ENDS = ['base-invalid', 'no-classifier', 'opened', 'unsupported-layer'];

function carried(name: string, base64: string): string {
  return `<script type="application/octet-stream" data-file="${name}">${base64}</script>`;
}
