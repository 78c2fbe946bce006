import type { BackendReport } from '../domain/backend.ts';
import type { Sha256 } from '../domain/ids.ts';
import type { Database } from './database.ts';

/** What was measured earlier for this base on this device, if anything was. */
export async function getBackendReport(
  database: Database,
  graphHash: Sha256,
): Promise<BackendReport | undefined> {
  return (await database.get('backendReports', graphHash))?.report;
}

/** Remembers the report, in place of an older one for the same base. */
export async function putBackendReport(
  database: Database,
  graphHash: Sha256,
  report: BackendReport,
): Promise<void> {
  await database.put('backendReports', { graphHash, report, measuredAt: Date.now() });
}
