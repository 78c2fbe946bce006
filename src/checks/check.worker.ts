import type { CheckMethods } from '../bridge/exportMethods.ts';
import { serve } from '../bridge/serve.ts';
import { checkExport } from './checkExport.ts';

serve<CheckMethods>(self, { checkExport });
