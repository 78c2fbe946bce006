import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Project } from '../../domain/project.ts';
import { projectBases } from '../../domain/projectBases.ts';
import type { KnownBase } from '../../state/appState.ts';
import { useAppState } from '../../state/useAppState.ts';
import { useFormat } from '../../ui/format.ts';

/** Which of the project's networks the file takes along, and how to bring the others. */
export function BaseItems({ project }: { readonly project: Project }) {
  const bases = useAppState((state) => state.bases);
  const runs = useAppState((state) => state.runs);
  const loadBases = useAppState((state) => state.loadBases);
  useEffect(() => void loadBases(), [loadBases]);
  return projectBases(project, runs).map((id) => (
    <BaseItem key={id} known={bases.find(({ base }) => base.id === id)} />
  ));
}

function BaseItem({ known }: { readonly known: KnownBase | undefined }) {
  const { t } = useTranslation('export');
  const format = useFormat();
  if (known === undefined) return <li>{t('project.base.gone')}</li>;
  const { name, origin, addresses, sizeBytes } = known.base;
  // It is wherever the app is.
  if (origin === 'bundled') return null;
  const [address] = addresses;
  const facts = { name, size: format.bytes(sizeBytes), address };
  const isFetched = origin === 'imported' && address !== undefined;
  return <li>{t(`project.base.${isFetched ? 'fetched' : origin}`, facts)}</li>;
}
