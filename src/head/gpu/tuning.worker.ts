import { serve } from '../../bridge/serve.ts';
import type { RunId } from '../../domain/ids.ts';
import { startProcessorBackend } from '../../engine/startProcessorBackend.ts';
import { startTrainingBackend } from '../../engine/training/startTrainingBackend.ts';
import { openDatabase } from '../../storage/database.ts';
import { trainHead } from '../trainHead.ts';
import type { TuningMethods } from './tuningProtocol.ts';

const pausing = new Set<RunId>();

serve<TuningMethods>(self, {
  trainHead: async ({ run, backend }, context) => {
    const database = await openDatabase();
    // The head that training begins with is fitted by reading answers at once, which a GPU is slow at.
    await startProcessorBackend();
    return new Promise((resolve, reject) => {
      const startTraining = async () => {
        const { lost } = await startTrainingBackend(backend);
        lost.catch(reject);
      };
      const isPausing = () => pausing.has(run.id);
      const tools = { database, backend, isPausing, startTraining };
      trainHead({ run }, context, tools).then(resolve, reject);
    });
  },
  pauseTraining: ({ runId }) => {
    pausing.add(runId);
    return Promise.resolve(null);
  },
});
