import type { BaseId } from '../../domain/ids.ts';
import type { OwnClassEstimates, TransferReport } from '../../domain/transferReport.ts';
import type { TransferCheck } from '../../state/transferState.ts';

interface Found extends Partial<Pick<TransferCheck, 'isOpaque' | 'layerNames'>> {
  readonly logme: number;
  readonly hScore: number;
  readonly accuracy: number;
  readonly own?: Pick<OwnClassEstimates, 'nce' | 'leep'> & Partial<OwnClassEstimates>;
}

/** A check of a base of that name at the layer `out`, that beats all but its random weights, of which nothing is known. */
export function exampleCheck(name: string, { logme, hScore, accuracy, own, ...rest }: Found) {
  const interval = { low: accuracy - 0.05, high: accuracy + 0.05 };
  const control = { accuracy: 0.3, interval, lead: { value: 0.4, low: 0.3, high: 0.5 } };
  const report: TransferReport = {
    numSamples: 40,
    logme,
    hScore,
    ...(own === undefined ? {} : { ownClasses: { numClasses: 1000, areLogits: false, ...own } }),
    base: { accuracy, interval },
    controls: { colours: control, majority: control },
  };
  const { layerNames = ['out'], isOpaque = false } = rest;
  const check: TransferCheck = {
    baseId: name as BaseId,
    baseName: name,
    isOpaque,
    cut: { positions: [layerNames.join().length], pooling: 'global-average' },
    layerNames,
    photosKey: 'photos',
    report,
  };
  return check;
}
