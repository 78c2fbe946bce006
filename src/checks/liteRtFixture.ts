import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { runInThisContext } from 'node:vm';

/** LiteRT.js for tests in Node, which it is not made for: what stands for its script and its WASM file. */

const FILE = 'node_modules/@litertjs/core/wasm/litert_wasm_compat_internal';

type CreateModule = (settings: object) => Promise<object>;

function readScript(): CreateModule {
  const globals = { self: globalThis, __dirname: '', require: createRequire(import.meta.url) };
  Object.assign(globalThis, globals);
  runInThisContext(readFileSync(`${FILE}.js`, 'utf8'));
  const { ModuleFactory } = globalThis as unknown as { ModuleFactory: CreateModule };
  return (settings) => ModuleFactory({ ...settings, wasmBinary: readFileSync(`${FILE}.wasm`) });
}

const createModule = readScript();
export { createModule as default };
