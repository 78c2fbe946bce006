/** The script that LiteRT.js has for browsers of all kinds; the package has no types for it. */
declare module '@litertjs/core/wasm/litert_wasm_compat_internal.js' {
  const createModule: (settings: object) => Promise<object>;
  export { createModule as default };
}
