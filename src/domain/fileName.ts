import { shownName } from './shownName.ts';

/** Names that Windows keeps for devices, with any extension. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/iu;

/** Any text as the name of a file to save, without extension, on any system; never empty. */
export function safeFileName(name: string): string {
  const allowed = shownName(name)
    .replace(/[\\/:*?"<>|]/gu, '-')
    .replace(/^[. ]+|[. ]+$/gu, '');
  return allowed === '' ? 'graft' : allowed.replace(RESERVED, '_$&');
}
