import type { OpenedModel } from '../bridge/modelMethods.ts';
import { numInputChannels } from '../domain/preprocessing.ts';
import type { BaseId } from '../domain/ids.ts';
import { createCutPlan } from '../engine/cutPlan.ts';
import type { LoadedBase } from '../engine/openBase.ts';
import { writeInput } from '../engine/preprocess.ts';
import type { ExportedFile } from '../exporters/exportedFile.ts';
import { formulaPixels } from '../exporters/exportFixture.ts';
import { classifierNetwork } from '../network/compose.ts';
import { OPAQUE_SIDE } from '../network/graphModel/opaqueFixture.ts';
import type { GraphModelFiles } from '../network/loadGraphModel.ts';

/** Small classifiers on graphs that run as they are, as files, and what they answer to a photo. */

export const SIDE = OPAQUE_SIDE;
export const LABELS = ['Mug', 'Bowl', '3 spoons'];
export const PIXELS = formulaPixels(SIDE, SIDE);

export function filesOf(exported: readonly ExportedFile[]): File[] {
  return exported.map(({ path, bytes }) => new File([bytes], path));
}

export function modelFiles({ modelJson, weights: { read, size } }: GraphModelFiles): File[] {
  return [new File([modelJson], 'model.json'), new File([read(0, size)], 'weights.bin')];
}

export type Trained = Pick<OpenedModel, 'base' | 'cut' | 'head' | 'preprocessing'>;

/** Of the photo, by the base as it is stored. */
export async function answerOf(
  { loadBase }: { readonly loadBase: (id: BaseId) => Promise<LoadedBase> },
  { base, cut, head, preprocessing }: Trained,
): Promise<Float32Array> {
  const { network } = await loadBase(base.id);
  const channels = numInputChannels(preprocessing);
  const plan = await createCutPlan(network, cut, [SIDE, SIDE, channels], (body, at) =>
    classifierNetwork({ network: body, cut: at, head }),
  );
  const input = new Float32Array(SIDE * SIDE * channels);
  writeInput(PIXELS, preprocessing, input, 0);
  const answer = await plan.run(input, 1);
  plan.dispose();
  return answer;
}
