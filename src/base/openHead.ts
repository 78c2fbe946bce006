import type { OpenedModel } from '../bridge/modelMethods.ts';
import { GraftError } from '../domain/errors.ts';
import { numInputChannels } from '../domain/preprocessing.ts';
import { tuningStarts } from '../domain/tuningStarts.ts';
import { cutNodeName, isOpaque, type BaseBody } from '../engine/baseBody.ts';
import { classifierNetwork } from '../network/compose.ts';
import type { HeadExport } from '../network/headExport/headExport.ts';
import { inferShapes } from '../network/inferShapes.ts';
import type { Network } from '../network/network.ts';
import { headWithoutBase } from '../network/openNetwork.ts';
import { summarise } from '../network/summary.ts';
import { withTuned } from '../network/tunedNetwork.ts';
import { listBasesAtHand } from './basesAtHand.ts';
import type { Services } from './services.ts';

/**
 * A head that came without its base, on the one at hand that has the same graph and weights.
 * Errors: head-without-base {file, base}; base-invalid {file} where the two do not fit.
 */
export async function openHead(services: Services, opened: HeadExport): Promise<OpenedModel> {
  const atHand = await listBasesAtHand(services.database);
  const base = atHand.find(({ graphHash }) => graphHash === opened.base.graphHash);
  if (base === undefined) throw headWithoutBase(opened);
  const { cut, head, preprocessing, classNames, name } = opened;
  const { inputHeight, inputWidth } = preprocessing;
  if (inputHeight !== base.inputHeight || inputWidth !== base.inputWidth) {
    refuse(opened, `is for photos of ${inputHeight} by ${inputWidth} pixels`);
  }
  const { network } = await services.loadBase(base.id);
  const tuning = tuningOf(network, opened);
  return { base, cut, head, ...(tuning && { tuning }), preprocessing, classNames, name };
}

/** What was trained of the base. Errors: base-invalid {file} where head, cut or tensors do not fit it. */
function tuningOf(body: BaseBody, opened: HeadExport): OpenedModel['tuning'] {
  const { cut, head, tuned } = opened;
  try {
    if (isOpaque(body)) {
      cutNodeName(body, cut);
      return tuned.length > 0 ? refuse(opened, 'has tensors of layers') : undefined;
    }
    const { inputHeight, inputWidth } = opened.preprocessing;
    const inputShape = [inputHeight, inputWidth, numInputChannels(opened.preprocessing)];
    const network = withTuned(body, tuned);
    inferShapes(classifierNetwork({ network, cut, head }), inputShape);
    return tuned.length > 0 ? tuningFrom(network, inputShape, opened) : undefined;
  } catch (thrown) {
    if (!(thrown instanceof GraftError) || thrown.code !== 'base-invalid') throw thrown;
    return refuse(opened, `does not fit its base: ${thrown.message}`);
  }
}

/** Every layer with weights behind a start is trained, so the latest start before all of them is theirs. */
function tuningFrom(network: Network, inputShape: readonly number[], opened: HeadExport) {
  const first = Math.min(...opened.tuned.map(({ position }) => position));
  const starts = tuningStarts(summarise(network, inputShape), opened.cut);
  const { start } =
    starts.find(({ start: { positions } }) => (positions[0] ?? first) < first) ?? {};
  if (start === undefined || opened.head.hidden !== undefined) {
    return refuse(opened, 'has layers that are not trained here');
  }
  return { start, tensors: opened.tuned };
}

function refuse({ fileName: file }: HeadExport, problem: string): never {
  throw new GraftError('base-invalid', `${file} ${problem}`, { file });
}
