declare const __APP_VERSION__: string;

/** Version in package.json, put in by the build. */
export const appVersion: string = __APP_VERSION__;
