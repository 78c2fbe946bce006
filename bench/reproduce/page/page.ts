import { Experiment } from './experiment.ts';

declare global {
  /** What the commands call in the page. */
  var experiment: Experiment;
}

globalThis.experiment = await Experiment.start();
