import { GraftError } from '../../domain/errors.ts';

/** Says what the tensors of a `head.safetensors` are for. */
export const ARCHITECTURE = 'architecture.json';

export function refuseArchitecture(where: string): never {
  const message = `${where} in ${ARCHITECTURE} does not say what can be built`;
  throw new GraftError('base-invalid', message, { file: ARCHITECTURE, where });
}
