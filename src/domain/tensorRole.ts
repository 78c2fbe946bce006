export const TENSOR_ROLES = [
  'kernel',
  'bias',
  'gamma',
  'beta',
  'mean',
  'variance',
  'alpha',
] as const;

/**
 * Role of a tensor within its layer: `kernel` ([h, w, in, out], depthwise [h, w, in, multiplier],
 * dense [in, out]), `bias`, for batch norm `gamma`, `beta`, `mean`, `variance`, for PReLU `alpha`.
 */
export type TensorRole = (typeof TENSOR_ROLES)[number];
