import { useState } from 'react';
import type { BaseSlice } from '../../state/appState.ts';
import { useAppState } from '../../state/useAppState.ts';

export type ImportedBase = NonNullable<Awaited<ReturnType<BaseSlice['importBase']>>>;

export interface Imports {
  /** What the last import brought; `null` where it failed or has been read. */
  readonly imported: ImportedBase | null;
  readonly addDrop: (data: DataTransfer) => void;
  readonly addFiles: (files: readonly File[]) => void;
  readonly addUrl: (url: string, isHeadless: boolean) => void;
  readonly dismiss: () => void;
}

/** The ways to add a network. In a project without runs, what was added is used at once. */
export function useImport(): Imports {
  const importDrop = useAppState((state) => state.importBaseDrop);
  const importBase = useAppState((state) => state.importBase);
  const addBaseFromUrl = useAppState((state) => state.addBaseFromUrl);
  const dismissImport = useAppState((state) => state.dismissImport);
  const setBase = useAppState((state) => state.setBase);
  const hasRuns = useAppState((state) => state.runs.length > 0);
  const [imported, setImported] = useState<ImportedBase | null>(null);

  const finish = async (importing: Promise<ImportedBase | null>) => {
    setImported(null);
    const added = await importing;
    setImported(added);
    if (added !== null && !hasRuns) await setBase(added.base.id);
  };
  return {
    imported,
    addDrop: (data) => void finish(importDrop(data)),
    addFiles: (files) => void finish(importBase(files)),
    addUrl: (url, isHeadless) => void finish(addBaseFromUrl(url, isHeadless)),
    dismiss: () => {
      setImported(null);
      dismissImport();
    },
  };
}
