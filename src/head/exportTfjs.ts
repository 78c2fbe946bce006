import type { ExportFile, HeadMethods } from '../bridge/protocol.ts';
import { GraftError } from '../domain/errors.ts';
import type { Head } from '../domain/head.ts';
import { teachableMachineFiles } from '../exporters/teachableMachine.ts';
import { isOpaque, type BaseBody } from '../engine/baseBody.ts';
import { classifierNetwork } from '../network/compose.ts';

export interface ExportSources {
  readonly readHead: (id: Head['id']) => Promise<Head>;
  readonly readBase: (classifier: Head['classifier']) => Promise<BaseBody>;
  /** The page that goes along and everything it loads. */
  readonly readDemo: () => Promise<readonly ExportFile[]>;
  readonly now: () => Date;
}

/** The files of the zip: Teachable Machine's, and a page that runs them. Errors: those of the sources. */
export async function exportTfjs(
  { headId, modelName }: HeadMethods['exportTfjs']['params'],
  { readHead, readBase, readDemo, now }: ExportSources,
): Promise<HeadMethods['exportTfjs']['result']> {
  const { classifier, weights } = await readHead(headId);
  const base = await readBase(classifier);
  if (isOpaque(base)) {
    const { node: layer, op: className } = base.reason;
    throw new GraftError('unsupported-layer', `No layers can say what ${layer} does`, {
      layer,
      className,
    });
  }
  const { cut, preprocessing, labels } = classifier;
  const files = teachableMachineFiles({
    network: classifierNetwork({ network: base, cut, head: weights }),
    labels: labels.map(({ name }) => name),
    preprocessing,
    modelName,
    createdAt: now(),
  });
  return { files: [...files, ...(await readDemo())] };
}
