import type { ExportFile, HeadMethods } from '../bridge/protocol.ts';
import type { Head } from '../domain/head.ts';
import { cutNodeName, isOpaque, type BaseBody } from '../engine/baseBody.ts';
import { graphModelFiles } from '../exporters/graphModel.ts';
import { ownRangeFile } from '../exporters/preprocessingFile.ts';
import { labelsFile, teachableMachineFiles } from '../exporters/teachableMachine.ts';
import { classifierNetwork } from '../network/compose.ts';
import { withTuned } from '../network/tunedNetwork.ts';

export interface ExportSources {
  readonly readHead: (id: Head['id']) => Promise<Head>;
  readonly readBase: (classifier: Head['classifier']) => Promise<BaseBody>;
  /** The page that goes along and everything it loads. */
  readonly readDemo: () => Promise<readonly ExportFile[]>;
  readonly now: () => Date;
}

/**
 * The files of the zip: Teachable Machine's, and a page that runs them. Of a base that runs as it is, a
 * graph model instead, which neither can read. Errors: those of the sources.
 */
export async function exportTfjs(
  { headId, modelName }: HeadMethods['exportTfjs']['params'],
  { readHead, readBase, readDemo, now }: ExportSources,
): Promise<HeadMethods['exportTfjs']['result']> {
  const { classifier, weights, tuned } = await readHead(headId);
  const base = await readBase(classifier);
  const names = classifier.labels.map(({ name }) => name);
  const { cut, preprocessing } = classifier;
  if (isOpaque(base)) {
    const parts = { graph: base, cutNode: cutNodeName(base, cut), pooling: cut.pooling };
    const files = graphModelFiles({ ...parts, head: weights });
    return { files: [...files, labelsFile(names), ownRangeFile(preprocessing)] };
  }
  const files = teachableMachineFiles({
    network: classifierNetwork({ network: withTuned(base, tuned), cut, head: weights }),
    labels: names,
    preprocessing,
    modelName,
    createdAt: now(),
  });
  return { files: [...files, ...(await readDemo())] };
}
