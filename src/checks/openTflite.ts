import { loadAndCompile, loadLiteRt, Tensor, type CompiledModel } from '@litertjs/core';
import createModule from '@litertjs/core/wasm/litert_wasm_compat_internal.js';
import wasmUrl from '@litertjs/core/wasm/litert_wasm_compat_internal.wasm?url';
import { fileBytes, type RunModel, type Runtime } from './runModel.ts';

let starting: Promise<unknown> | null = null;

/** LiteRT.js on WASM, in one thread and one photo after the other, which is the batch of the file. */
export const tflite: Runtime = {
  start: () => (starting ??= startLiteRt()),
  open: async (files, inputShape) => {
    await tflite.start();
    const options = { accelerator: 'wasm', cpuOptions: { numThreads: 1 } } as const;
    const model = await loadAndCompile(fileBytes(files, 'model.tflite'), options);
    const size = inputShape.reduce((product, each) => product * each, 1);
    const run: RunModel = async (pixels, numPhotos) => {
      const rows: Float32Array[] = [];
      for (let photo = 0; photo < numPhotos; photo++) {
        const picture = pixels.slice(photo * size, (photo + 1) * size);
        rows.push(await runOne(model, new Tensor(picture, [1, ...inputShape])));
      }
      return Float32Array.from(rows.flatMap((row) => [...row]));
    };
    return {
      run,
      dispose: () => {
        model.delete();
      },
    };
  },
};

/**
 * LiteRT.js fetches its script and evaluates it, which a module worker cannot and the page's policy does
 * not allow. So the script is part of the bundle, and is put where LiteRT.js would have put it.
 */
function startLiteRt(): Promise<unknown> {
  Object.assign(self, {
    importScripts: () => undefined,
    ModuleFactory: createModule,
    // It tells the console of every step.
    Module: { locateFile: () => wasmUrl, print: () => undefined, printErr: () => undefined },
  });
  return loadLiteRt('litert_wasm_compat_internal.js');
}

/** Frees the input too. */
async function runOne(model: CompiledModel, input: Tensor): Promise<Float32Array> {
  const [output] = await model.run(input);
  const values = Float32Array.from((await output?.data()) ?? []);
  for (const tensor of [input, output]) tensor?.delete();
  return values;
}
