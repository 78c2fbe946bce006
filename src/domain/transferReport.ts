/** Out-of-fold accuracy on photos that were held out in turn. */
export interface MeasuredAccuracy {
  readonly accuracy: number;
  /** 95 % Wilson score interval. */
  readonly interval: { readonly low: number; readonly high: number };
}

/** Something simpler than the base, measured on the same photos in the same folds. */
export interface ControlRun extends MeasuredAccuracy {
  /** Accuracy of the base minus this one's, with its 95 % interval for paired answers. */
  readonly lead: { readonly value: number; readonly low: number; readonly high: number };
}

export const CONTROLS = ['random', 'colours', 'majority'] as const;
export type Control = (typeof CONTROLS)[number];

/** How far a base's own classes go together with the project's; higher is better, 0 at best. */
export interface OwnClassEstimates {
  /** The base's. */
  readonly numClasses: number;
  /** The base gave logits, of which a softmax was taken. */
  readonly areLogits: boolean;
  readonly nce: number;
  readonly leep: number;
}

/** How well a base, up to a cut, serves to tell a project's classes apart. */
export interface TransferReport {
  readonly numSamples: number;
  /** Estimates that need no training; higher is better, on the same photos only. */
  readonly logme: number;
  readonly hScore: number;
  /** Of the whole base, whatever the cut; absent where it has no classes of its own. */
  readonly ownClasses?: OwnClassEstimates;
  readonly base: MeasuredAccuracy;
  readonly controls: Readonly<Record<Exclude<Control, 'random'>, ControlRun>> & {
    /** The same architecture with random weights; left out of graphs that run as they are. */
    readonly random?: ControlRun;
  };
}

/** Controls that the base does not beat beyond the interval: with any, its transfer is negative. */
export function unbeatenControls({ controls }: TransferReport): readonly Control[] {
  return CONTROLS.filter((control) => (controls[control]?.lead.low ?? 1) <= 0);
}
