import type { Padding2d } from '../network/network.ts';

/** Positions that a window takes along one axis. */
export function windowedSize(
  size: number,
  window: number,
  stride: number,
  padding: Padding2d,
): number {
  return Math.ceil((padding === 'same' ? size : size - window + 1) / stride);
}
