import type { CallOptions } from '../bridge/client.ts';
import type { CountProgress } from '../bridge/protocol.ts';
import type { Project, Sample } from '../domain/project.ts';
import { randomGraphHash } from '../domain/randomControl.ts';
import type { SliceContext } from './store.ts';
import { preparePhotos } from './transferPhotos.ts';
import type { TransferCheck } from './transferState.ts';

type Following = Required<Pick<CallOptions<CountProgress>, 'signal' | 'onProgress'>>;

/**
 * Whether the project's base helps. First computes what is missing of its photos: activations at the
 * cut, the answers of the base's own classes where it has any, colours, and activations of the same
 * architecture with random weights. Errors: those of preparePhotos, describeBase and checkTransfer.
 */
export async function checkBase(
  context: SliceContext,
  project: Project,
  samples: readonly Sample[],
  during: (status: 'computing' | 'checking') => Following,
): Promise<Omit<TransferCheck, 'photosKey'>> {
  const { get, services } = context;
  const { baseId, cut, framing } = project;
  const { base, params } = await preparePhotos(context, project, samples, during('computing'));
  const { layers, ownClasses = null } = await get().describeBase(baseId);
  const imageHashes = params.samples.map(({ imageHash }) => imageHash);
  const photos = { baseId, cut, framing, backend: get().backendChoice, imageHashes };
  if (ownClasses !== null) {
    const answers = { ...photos, cut: ownClasses.cut };
    await services.base('embedSamples', answers, during('computing'));
  }
  await services.base('describeColours', { imageHashes }, during('computing'));
  const randomHash = base.isOpaque ? null : await randomGraphHash(base.graphHash);
  if (randomHash !== null) {
    await services.base('embedSamples', { ...photos, isRandom: true }, during('computing'));
  }
  const check = { ...params, randomHash, ownClasses };
  const report = await services.head('checkTransfer', check, during('checking'));
  const layerNames = cut.positions.map((position) => layers[position]?.name ?? '');
  const { name: baseName, isOpaque } = base;
  return { baseId, baseName, isOpaque, cut, layerNames, report };
}
