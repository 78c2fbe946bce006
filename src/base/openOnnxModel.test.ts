import 'fake-indexeddb/auto';
import '../engine/fileReaderSyncFixture.ts';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  answerOf,
  answerOfOpened,
  classifierOf,
  EXPORT_CASES,
  EXPORTED_LABELS,
  largestDifference,
} from '../checks/openedExportFixture.ts';
import { PIXEL_RANGES } from '../domain/pixelRanges.ts';
import { useTestBackend } from '../engine/backendFixture.ts';
import { onnxFiles } from '../exporters/onnx/onnxFiles.ts';
import { zipFixture } from '../network/zipFixture.ts';
import { importBase } from './importBase.ts';
import { openModel } from './openModel.ts';
import type { Services } from './services.ts';
import { openLoneBaseServices } from './servicesFixture.ts';

let services: Services;

beforeAll(() => useTestBackend('cpu'));

beforeEach(async () => {
  services = await openLoneBaseServices();
  return () => vi.unstubAllGlobals();
});

function exported([each] = EXPORT_CASES): File[] {
  const files = onnxFiles(classifierOf(each), 'float32');
  return files.map(({ path, bytes }) => new File([bytes], path));
}

async function zipOf(files: readonly File[]): Promise<File> {
  const contents = await Promise.all(
    files.map(
      async (file) => [`export/${file.name}`, new Uint8Array(await file.arrayBuffer())] as const,
    ),
  );
  const { size, read } = await zipFixture(Object.fromEntries(contents));
  return new File([read(0, size)], 'Cups.zip');
}

describe('an ONNX export of ours', () => {
  it.each(EXPORT_CASES)('opens with its classes and answers as before: %o', async (each) => {
    const { network } = classifierOf(each);
    const opened = await openModel(services, { files: exported([each]) });
    expect(opened.classNames).toEqual(EXPORTED_LABELS);
    expect(opened.preprocessing.framing).toBe('padded');
    expect(opened.head.hidden?.length).toBe(each.headOf?.(5, 3).hidden?.length);
    expect(opened.base).toMatchObject({ format: 'onnx', isOpaque: false });
    const expected = await answerOf(network, each.range);
    expect(largestDifference(await answerOfOpened(services, opened), expected)).toBeLessThan(1e-5);
  });

  it('opens from its zip, with its name, and is the same base when it is opened again', async () => {
    const card = new File(['{"name": "Cups and bowls"}'], 'model_card.json');
    const other = new File(['{"examples": []}'], 'package.json');
    const opened = await openModel(services, {
      files: [await zipOf([...exported(), card, other])],
    });
    expect(opened).toMatchObject({ classNames: EXPORTED_LABELS, name: 'Cups and bowls' });
    const again = await openModel(services, { files: exported() });
    expect(again).toMatchObject({ base: { id: opened.base.id }, cut: opened.cut });
    expect(await services.database.count('bases')).toBe(1);
  });

  it('can be a base, also without the files beside it', async () => {
    const files = exported().slice(0, 1);
    const { base } = await importBase(services, { files });
    expect(base).toMatchObject({ format: 'onnx', pixelRange: PIXEL_RANGES.bytes });
    await expect(openModel(services, { files })).rejects.toMatchObject({ code: 'labels-missing' });
  });
});
