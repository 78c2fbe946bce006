import { CATALOGUE_ORIGINS } from '../catalogue/origins.ts';

/** Hosts that the page's policy lets it fetch a base from, besides its own. */
export const FETCHABLE_HOSTS: readonly string[] = CATALOGUE_ORIGINS.map(
  (origin) => new URL(origin).host,
);
