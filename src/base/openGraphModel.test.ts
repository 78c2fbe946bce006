import 'fake-indexeddb/auto';
import '../engine/fileReaderSyncFixture.ts';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { useTestBackend } from '../engine/backendFixture.ts';
import { tfjsGraphFiles } from '../exporters/tfjsGraph/tfjsGraphFiles.ts';
import {
  answerOf,
  answerOfOpened,
  classifierOf,
  EXPORT_CASES,
  EXPORTED_LABELS,
  largestDifference,
} from '../checks/openedExportFixture.ts';
import { openModel } from './openModel.ts';
import type { Services } from './services.ts';
import { openLoneBaseServices } from './servicesFixture.ts';

let services: Services;

beforeAll(() => useTestBackend('cpu'));

beforeEach(async () => {
  services = await openLoneBaseServices();
  return () => vi.unstubAllGlobals();
});

describe('a graph model of ours', () => {
  it.each(EXPORT_CASES)('opens with its classes and answers as before: %o', async (each) => {
    const classifier = classifierOf(each);
    const files = tfjsGraphFiles(classifier);
    const opened = await openModel(services, {
      files: files.map(({ path, bytes }) => new File([bytes], path)),
    });
    expect(opened.classNames).toEqual(EXPORTED_LABELS);
    expect(opened.preprocessing.framing).toBe('padded');
    expect(opened.head.hidden?.length).toBe(each.headOf?.(5, 3).hidden?.length);
    expect(opened.base.isOpaque).toBe(false);
    const expected = await answerOf(classifier.network, each.range);
    expect(largestDifference(await answerOfOpened(services, opened), expected)).toBeLessThan(1e-5);
  });
});
