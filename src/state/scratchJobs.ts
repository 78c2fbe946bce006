import { preprocessingFor, type BaseModel } from '../domain/baseModel.ts';
import { GraftError } from '../domain/errors.ts';
import type { Sha256 } from '../domain/ids.ts';
import { PREPROCESSING_VERSION, type PreprocessingSpec } from '../domain/preprocessing.ts';
import type { Project, Sample } from '../domain/project.ts';
import type { ScratchProgress, ScratchTask } from '../domain/scratchFit.ts';
import type { EpochMetrics, RunSample } from '../domain/trainingRun.ts';
import { FROZEN_CUT, twoConvolutionPixels } from '../domain/twoConvolutions.ts';
import type { AppState } from './appState.ts';
import type {
  OwnBaseRequest,
  OwnBaseSlice,
  ScratchFitName,
  ScratchStatus,
} from './ownBaseState.ts';
import { runSamples } from './runSubject.ts';
import type { Services } from './store.ts';
import { secondsLeft } from './timeLeft.ts';

/** A run on the project as it was when it began. */
export interface ScratchJob {
  readonly project: Project;
  readonly samples: readonly Sample[];
  readonly backend: AppState['backendChoice'];
  readonly signal: AbortSignal;
  readonly show: (status: ScratchStatus) => void;
}

/** Trains the network on the project's photos and stores it as a base. */
export async function trainBase(
  services: Services,
  job: ScratchJob,
  { name, settings, fit }: OwnBaseRequest,
): Promise<NonNullable<OwnBaseSlice['trainedBase']>> {
  const { project } = job;
  const { inputSize } = settings;
  const preprocessing: PreprocessingSpec = {
    version: PREPROCESSING_VERSION,
    inputHeight: inputSize,
    inputWidth: inputSize,
    framing: project.framing,
    ...twoConvolutionPixels(settings),
  };
  const samples = await readPixels(services, job, preprocessing, usedSamples(job));
  const task = { ...taskOf(job, samples), settings, fit, preprocessing, frozenBase: null };
  const { files, curve } = await fitOne(services, job, 'base', task);
  const validationAccuracy = curve.epochs.at(-1)?.validationAccuracy ?? null;
  const classNames = project.classLabels.map((label) => label.name);
  const training = {
    projectName: project.name,
    classNames,
    settings,
    fit,
    validationAccuracy,
  };
  const stored = { name, files, training, graphHash: null };
  const { base } = await services.base('storeTrainedBase', stored);
  return { base, curve };
}

/** Trains a head on a frozen base that was trained here, then the base's network from the start. */
export async function compareFits(services: Services, job: ScratchJob, base: BaseModel) {
  const { training } = base;
  if (training === undefined) throw new GraftError('internal', `${base.name} was not trained here`);
  const preprocessing = preprocessingFor(base, job.project.framing);
  const all = usedSamples(job);
  await services.base(
    'embedSamples',
    {
      baseId: base.id,
      cut: FROZEN_CUT,
      framing: job.project.framing,
      backend: job.backend,
      imageHashes: hashesOf(all),
    },
    during(job),
  );
  // What cannot be decoded for the one cannot be decoded for the other.
  const samples = await readPixels(services, job, preprocessing, all);
  const { settings, fit } = training;
  const task = { ...taskOf(job, samples), settings, fit, preprocessing };
  const onFrozen = { ...task, frozenBase: base.graphHash };
  const transferred = await fitOne(services, job, 'transferred', onFrozen);
  const scratch = await fitOne(services, job, 'scratch', { ...task, frozenBase: null });
  return { transferred: transferred.curve, scratch: scratch.curve };
}

/** Photos for the last examination stay unseen. */
function usedSamples({ project, samples }: ScratchJob): readonly RunSample[] {
  return runSamples(project, samples).filter(({ part }) => part !== 'test');
}

function taskOf({ project }: ScratchJob, samples: readonly RunSample[]) {
  const { classLabels, headConfig } = project;
  return { samples, numClasses: classLabels.length, seed: headConfig.seed };
}

function hashesOf(samples: readonly RunSample[]): readonly Sha256[] {
  return samples.map(({ imageHash }) => imageHash);
}

function during({ signal, show }: ScratchJob) {
  const onProgress = ({ done, total }: { readonly done: number; readonly total: number }) => {
    show({ status: 'computing', done, total });
  };
  return { signal, onProgress };
}

/** Computes the pixels that are missing; gives the photos that have any. */
async function readPixels(
  services: Services,
  job: ScratchJob,
  preprocessing: PreprocessingSpec,
  samples: readonly RunSample[],
): Promise<readonly RunSample[]> {
  const params = { preprocessing, imageHashes: hashesOf(samples) };
  const { failed } = await services.base('embedPixels', params, during(job));
  const unreadable = new Set(failed);
  return samples.filter(({ imageHash }) => !unreadable.has(imageHash));
}

function fitOne(
  services: Services,
  { signal, show }: ScratchJob,
  fit: ScratchFitName,
  task: ScratchTask,
) {
  const startedAt = performance.now();
  const totalEpochs = task.fit.epochs;
  const epochs: EpochMetrics[] = [];
  const tell = (done: number, total: number) => {
    const shown = { fit, epochs: [...epochs], totalEpochs, share: done / total };
    show({ status: 'fitting', ...shown, secondsLeft: secondsLeft(startedAt, done, total) });
  };
  tell(0, totalEpochs);
  const onProgress = (progress: ScratchProgress) => {
    if (progress.kind === 'steps') {
      tell(progress.done, progress.total);
      return;
    }
    epochs.push(progress.metrics);
    tell(epochs.length, totalEpochs);
  };
  return services.head('trainFromScratch', { task }, { signal, onProgress });
}
