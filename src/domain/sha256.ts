import type { Sha256 } from './ids.ts';

/** SHA-256 of the bytes, as 64 lower-case hexadecimal digits. */
export async function sha256(bytes: BufferSource): Promise<Sha256> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('') as Sha256;
}
