import type { ExportFile } from '../bridge/exportFile.ts';
import type { GoldenAnswers } from '../bridge/exportMethods.ts';
import { chooseGoldenPhotos } from '../domain/goldenPhotos.ts';
import type { CompletedRun } from '../domain/trainingRun.ts';
import { joinGolden } from './goldenAnswers.ts';
import type { Services } from './store.ts';

/** What a file of a model must answer. */
export interface HeadGolden {
  /** Photos first, then the drawings. */
  readonly golden: GoldenAnswers;
  readonly numPhotos: number;
  readonly drawings: readonly ExportFile[];
}

export type AskHeadGolden = (run: CompletedRun) => Promise<HeadGolden>;

/** Asks the app itself. Keeps the last model's answers: whoever exports one format often takes a second. */
export function createHeadGolden(base: Services['base']): AskHeadGolden {
  let kept: { readonly headId: string; readonly answers: Promise<HeadGolden> } | null = null;
  return (run) => {
    if (kept?.headId === run.headId) return kept.answers;
    const answers = ask(base, run);
    const asked = { headId: run.headId, answers };
    kept = asked;
    answers.catch(() => {
      if (kept === asked) kept = null;
    });
    return answers;
  };
}

async function ask(base: Services['base'], { headId, samples }: CompletedRun): Promise<HeadGolden> {
  const imageHashes = chooseGoldenPhotos(samples);
  const photos = await base('predictGolden', { headId, imageHashes });
  const { golden: drawn, files: drawings } = await base('drawGolden', { headId });
  return { golden: joinGolden([photos, drawn]), numPhotos: photos.shape[0], drawings };
}
