import { createStore } from 'zustand';
import type { AppState } from './appState.ts';
import { createAveragingSlice } from './averagingSlice.ts';
import { createBaseSlice } from './baseSlice.ts';
import { createExportSlice } from './exportSlice.ts';
import { createIntakeSlice } from './intakeSlice.ts';
import { createLiveSlice } from './liveSlice.ts';
import { createModelSlice } from './modelSlice.ts';
import { createNoticesSlice } from './noticesSlice.ts';
import { createOwnBaseSlice } from './ownBaseSlice.ts';
import { createPredictSlice } from './predictSlice.ts';
import { createProjectSlice } from './projectSlice.ts';
import { createProjectsSlice } from './projectsSlice.ts';
import type { AppStore, Services } from './store.ts';
import { createTrainSlice } from './trainSlice.ts';
import { createTransferSlice } from './transferSlice.ts';
import { createViewsSlice } from './viewsSlice.ts';

/** The one store. Actions write to storage first and show the change then. */
export function createAppStore(services: Services): AppStore {
  return createStore<AppState>((set, get) => {
    const context = { set, get, services };
    return {
      ...createNoticesSlice(context),
      ...createProjectsSlice(context),
      ...createProjectSlice(context),
      ...createIntakeSlice(context),
      ...createBaseSlice(context),
      ...createTrainSlice(context),
      ...createTransferSlice(context),
      ...createViewsSlice(context),
      ...createOwnBaseSlice(context),
      ...createPredictSlice(context),
      ...createAveragingSlice(context),
      ...createLiveSlice(context),
      ...createModelSlice(context),
      ...createExportSlice(context),
    };
  });
}
