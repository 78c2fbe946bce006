import { register } from 'node:module';

/**
 * TF.js's own modules name files without their ending, as bundlers read them: `./gradients` is gradients.js,
 * beside which there is a folder of that name.
 */
const HOOK = `export async function resolve(specifier, context, next) {
  const isBare = /^\\.[^?]*\\/[^./?]+$/.test(specifier);
  if (!isBare || !context.parentURL?.includes('/@tensorflow/')) return next(specifier, context);
  try {
    return await next(specifier + '.js', context);
  } catch {
    return next(specifier + '/index.js', context);
  }
}`;

/** Lets Node load modules of TF.js that are made for bundlers, from then on. */
export function findFilesFirst(): void {
  register(`data:text/javascript,${encodeURIComponent(HOOK)}`);
}
