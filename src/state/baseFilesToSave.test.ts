import 'fake-indexeddb/auto';
import '../engine/fileReaderSyncFixture.ts';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { importBase } from '../base/importBase.ts';
import type { Services } from '../base/services.ts';
import { openLoneBaseServices } from '../base/servicesFixture.ts';
import { removeBase } from '../base/storedBases.ts';
import { storeTrainedBase } from '../base/storeTrainedBase.ts';
import type { BaseId } from '../domain/ids.ts';
import { createRandom } from '../domain/random.ts';
import { DEFAULT_SCRATCH_FIT } from '../domain/scratchFit.ts';
import { DEFAULT_TWO_CONVOLUTIONS, twoConvolutionPixels } from '../domain/twoConvolutions.ts';
import { asBlobs } from '../exporters/blobFile.ts';
import { ownRangeFile } from '../exporters/preprocessingFile.ts';
import { tfjsLayersFiles } from '../exporters/tfjsLayers.ts';
import { twoConvolutions } from '../network/architectures/twoConvolutions.ts';
import { withZipHere } from '../intake/intakeFixture.ts';
import { baseFilesToSave } from './baseFilesToSave.ts';

const settings = { ...DEFAULT_TWO_CONVOLUTIONS, inputSize: 20, filters: 4, isGrey: true };
const pixelRange = twoConvolutionPixels(settings);

let services: Services;

beforeEach(async () => {
  services = await openLoneBaseServices();
});

afterEach(() => {
  vi.unstubAllGlobals();
});

async function trainedBase() {
  const spec = { version: 2, inputHeight: 20, inputWidth: 20, framing: 'padded' } as const;
  const network = twoConvolutions(settings, 2, createRandom(1));
  const files = asBlobs([...tfjsLayersFiles(network), ownRangeFile({ ...spec, ...pixelRange })]);
  const training = {
    projectName: 'Patterns',
    classNames: ['a', 'b'],
    settings,
    fit: DEFAULT_SCRATCH_FIT,
    validationAccuracy: null,
  };
  const params = { name: 'Eyes: mine', files, training, graphHash: null };
  return (await storeTrainedBase(services, params)).base;
}

it('gives a zip that can be added again as the same network with the same pixels', async () => {
  const base = await trainedBase();
  const { fileName, blob } = await baseFilesToSave({ ...services, withZip: withZipHere }, base.id);
  expect(fileName).toBe('Eyes- mine.zip');
  await removeBase(services, { baseId: base.id });
  const imported = await importBase(services, { files: [new File([blob], fileName)] });
  expect(imported.wasKnown).toBe(false);
  const { id, graphHash } = base;
  const isPixelRangeGuessed = false;
  expect(imported.base).toMatchObject({ id, graphHash, pixelRange, isPixelRangeGuessed });
});

it('gives the one file of an added base as it came', async () => {
  const base = await trainedBase();
  const { blob, fileName } = await baseFilesToSave({ ...services, withZip: withZipHere }, base.id);
  await removeBase(services, { baseId: base.id });
  await importBase(services, { files: [new File([blob], fileName)] });
  const again = await baseFilesToSave({ ...services, withZip: withZipHere }, base.id);
  expect(again.fileName).toBe(fileName);
  expect(await again.blob.text()).toBe(await blob.text());
});

it('has nothing of a base that is not stored', async () => {
  const saving = baseFilesToSave({ ...services, withZip: withZipHere }, 'gone' as BaseId);
  await expect(saving).rejects.toMatchObject({ code: 'base-not-stored' });
});
