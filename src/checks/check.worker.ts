import type { CheckMethods } from '../bridge/exportMethods.ts';
import { serve } from '../bridge/serve.ts';
import { openDatabase } from '../storage/database.ts';

serve<CheckMethods>(self, {
  prepareCheck: async (params) => (await import('./checkExport.ts')).prepareCheck(params),
  checkExport: async (params) => (await import('./checkExport.ts')).checkExport(params),
  compareData: async (params, context) =>
    (await import('./compareData.ts')).compareData(params, await openDatabase(), context),
});
