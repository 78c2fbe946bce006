import type { Page } from '@playwright/test';
import { BasePage } from './pages/BasePage.ts';
import { CollectPage } from './pages/CollectPage.ts';
import { EvaluatePage } from './pages/EvaluatePage.ts';
import { ExportPage } from './pages/ExportPage.ts';
import { PredictPage } from './pages/PredictPage.ts';
import { ProjectsPage } from './pages/ProjectsPage.ts';
import { TrainPage } from './pages/TrainPage.ts';

/** A model of every screen, all looking at the same tab. */
export interface Screens {
  readonly projects: ProjectsPage;
  readonly collect: CollectPage;
  readonly base: BasePage;
  readonly train: TrainPage;
  readonly evaluate: EvaluatePage;
  readonly predict: PredictPage;
  readonly export: ExportPage;
}

export function screensOf(page: Page): Screens {
  return {
    projects: new ProjectsPage(page),
    collect: new CollectPage(page),
    base: new BasePage(page),
    train: new TrainPage(page),
    evaluate: new EvaluatePage(page),
    predict: new PredictPage(page),
    export: new ExportPage(page),
  };
}
