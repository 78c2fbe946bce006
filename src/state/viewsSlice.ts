import { listViews } from '../domain/viewsToEmbed.ts';
import { missingActivations } from '../storage/activations.ts';
import { classifierFor, viewsToEmbed } from './runSubject.ts';
import type { SliceContext } from './store.ts';
import type { ViewsSlice } from './viewsState.ts';

export function createViewsSlice({ get, services }: SliceContext): ViewsSlice {
  return {
    countMissingViews: async () => {
      const { project, samples, bases } = get();
      const base = bases.find(({ model }) => model?.id === project?.baseId)?.model;
      if (project === null || base == null) return null;
      const { views } = viewsToEmbed(project, samples);
      if (views === undefined) return 0;
      const { graphHash, cut, preprocessing } = classifierFor(base, project);
      const missing = await Promise.all(
        listViews(views).map(({ key: view }) => {
          const space = { graphHash, cut, preprocessing, view };
          return missingActivations(services.database, space, views.imageHashes);
        }),
      );
      return missing.flat().length;
    },

    previewViews: async (imageHash, views) => {
      const { project } = get();
      if (project === null) return [];
      const { baseId, framing } = project;
      const params = { baseId, framing, imageHash, views };
      // A picture that cannot be drawn is told of where it is trained on.
      const preview = await services.base('previewViews', params).catch(() => null);
      return preview?.pictures ?? [];
    },
  };
}
