/** Origins that the app may fetch bases from, besides its own; the Content Security Policy names no other. */
export const CATALOGUE_ORIGINS: readonly string[] = ['https://storage.googleapis.com'];
