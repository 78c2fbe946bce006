import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { BootFailure } from './app/shell/BootFailure.tsx';
import { startI18n } from './app/i18n/i18n.ts';
import type { CheckMethods } from './bridge/exportMethods.ts';
import type { BaseMethods, HeadMethods } from './bridge/protocol.ts';
import { createLingeringClient } from './bridge/lingeringClient.ts';
import { createWorkerClient } from './bridge/workerClient.ts';
import { BUNDLED_INDEX, fetchBundledBases } from './catalogue/bundledBases.ts';
import { zipInWorker } from './zip/zipInWorker.ts';
import { createAppStore } from './state/createAppStore.ts';
import { AppStoreContext } from './state/useAppState.ts';
import { openDatabase } from './storage/database.ts';
import { purgeDeleted } from './storage/purge.ts';
import './ui/tokens.css';
import './ui/base.css';
import { startTheme } from './ui/theme.ts';

async function boot(): Promise<void> {
  const element = document.getElementById('root');
  if (element === null) return;
  const root = createRoot(element);
  startTheme();
  await startI18n();
  try {
    const database = await openDatabase();
    // Beside the start, not before it: nothing on the first screen depends on it.
    void purgeDeleted(database, Date.now());
    const store = createAppStore({
      database,
      base: createWorkerClient<BaseMethods>(startBaseWorker),
      head: createWorkerClient<HeadMethods>(startHeadWorker),
      check: createLingeringClient<CheckMethods>(startCheckWorker, CHECK_IDLE_MS),
      withZip: zipInWorker(startZipWorker),
      fetchBundledBases: () => fetchBundledBases(new URL(BUNDLED_INDEX, document.baseURI)),
    });
    root.render(
      <AppStoreContext value={store}>
        <App />
      </AppStoreContext>,
    );
  } catch (thrown) {
    root.render(<BootFailure message={String(thrown)} />);
  }
}

/** Long enough to save a model in one format after the other. */
const CHECK_IDLE_MS = 15_000;

function startBaseWorker(): Worker {
  return new Worker(new URL('./base/base.worker.ts', import.meta.url), { type: 'module' });
}

function startHeadWorker(): Worker {
  return new Worker(new URL('./head/head.worker.ts', import.meta.url), { type: 'module' });
}

function startCheckWorker(): Worker {
  return new Worker(new URL('./checks/check.worker.ts', import.meta.url), { type: 'module' });
}

function startZipWorker(): Worker {
  return new Worker(new URL('./zip/zip.worker.ts', import.meta.url), { type: 'module' });
}

void boot();
