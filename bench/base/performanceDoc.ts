import { readFileSync, writeFileSync } from 'node:fs';
import { isFailure, type BaseFigures, type EngineFigures } from './figures.ts';
import type { Engine } from './page/contenderProtocol.ts';
import type { BaseBenchResult } from './runBaseBench.ts';

const DOC = 'docs/performance.md';
const BEGIN = '<!-- What follows is written by `npm run bench -- base --doc`. -->';

const ENGINE_NAMES: Readonly<Record<Engine, string>> = {
  plan: "Graft's plan",
  layers: '`LayersModel.predict`',
  onnx: 'ONNX Runtime Web',
  litert: 'LiteRT.js',
};

/** Puts the figures into the documentation, in place of older ones. */
export function writePerformanceDoc(result: BaseBenchResult): void {
  const [prose = ''] = readFileSync(DOC, 'utf8').split(BEGIN);
  writeFileSync(DOC, `${prose}${BEGIN}\n\n${performanceTables(result)}`);
}

/** Everything measured, as Markdown. */
function performanceTables(result: BaseBenchResult): string {
  const sections = [
    describeRun(result),
    '## Network alone',
    ...result.bases.map((figures) => engineTable(figures)),
    '## Memory',
    memoryTable(result),
    '## Around the network',
    aroundTable(result),
    '## Photos of 12 megapixels',
    decodeTable(result),
  ];
  return `${sections.join('\n\n')}\n`;
}

function describeRun({ machine }: BaseBenchResult): string {
  const { date, processor, numCores, memoryGB, loadBefore, chromium, packages } = machine;
  const versions = Object.entries(packages).map(([name, version]) => `${name} ${version}`);
  return [
    `Measured on ${date}, headless Chromium ${chromium}, ${processor}, ${numCores} cores,`,
    `${memoryGB} GB, load average before ${loadBefore}; ${versions.join(', ')}.`,
    'One thread each, all engines in turns within one run.',
  ].join('\n');
}

function engineTable({ base, backend, adapter, engines }: BaseFigures): string {
  const measured = engines.filter((each): each is EngineFigures => !isFailure(each));
  const sizes = Object.keys(measured[0]?.photosPerSecond ?? {});
  const where = adapter === null ? backend : `${backend}, ${adapter}`;
  const rows = measured.map((figures) => engineRow(figures, sizes));
  const failures = engines
    .filter(isFailure)
    .map(({ engine, failure }) => [ENGINE_NAMES[engine], ...sizes.map(() => '–'), '–', failure]);
  const header = [
    '',
    ...sizes.map((size) => `photos/s, batch of ${size}`),
    'plan is',
    'first result',
  ];
  return `### ${base}, ${where}\n\n${table(header, [...rows, ...failures])}`;
}

function engineRow(
  { engine, photosPerSecond, planFactor, firstResultMs }: EngineFigures,
  sizes: readonly string[],
): string[] {
  return [
    ENGINE_NAMES[engine],
    ...sizes.map((size) => String(photosPerSecond[Number(size)] ?? '–')),
    engine === 'plan' ? '' : `${planFactor} ×`,
    `${firstResultMs} ms`,
  ];
}

function memoryTable({ memory }: BaseBenchResult): string {
  const rows = memory.map(({ base, engine, peakMB }) => [
    base,
    ENGINE_NAMES[engine],
    peakMB === null ? '–' : `${peakMB} MB`,
  ]);
  return table(['', '', 'peak of the page process'], rows);
}

function aroundTable({ pool, filesToActivations: files, webcam }: BaseBenchResult): string {
  const share = Math.round(files.shareOfNetwork * 100);
  return table(
    ['MobileNetV2 0.35 on WASM', ''],
    [
      ['network, one worker', `${pool.onePhotosPerSecond} photos/s`],
      ['network, two workers', `${pool.twoPhotosPerSecond} photos/s, ${pool.factor} ×`],
      ['plain arithmetic, two workers', `${pool.machineFactor} ×`],
      [
        'stored file to stored activation',
        `${files.photosPerSecond} photos/s, ${share} % of the network alone`,
      ],
      [
        `webcam frame to probabilities, ${webcam.numFrames} frames`,
        `${webcam.medianMs} ms (95th percentile ${webcam.p95Ms} ms)`,
      ],
    ],
  );
}

function decodeTable({ decode }: BaseBenchResult): string {
  const rateOf = (isReduced: boolean) => decode.rates.find((rate) => rate.isReduced === isReduced);
  const row = (name: string, durationMs: number, isReduced: boolean) => {
    const rate = rateOf(isReduced);
    return [name, `${durationMs} ms`, `${rate?.one ?? '–'}`, `${rate?.two ?? '–'}`];
  };
  const speeds = table(
    ['file to input', 'a photo', 'photos/s, one worker', 'two workers'],
    [
      row('decoded in full', decode.plainMs, false),
      row('decoded at a part of its size', decode.reducedMs, true),
    ],
  );
  const same = Math.round(decode.sameClassShare * 1000) / 10;
  return `${speeds}

${decode.factor} × as fast. Activations of the two, ${decode.numPhotos} photos: cosine at least
${decode.lowestCosine}, median ${decode.medianCosine}; same top class for ${same} %.`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}
