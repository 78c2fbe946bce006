/** Figures in reports are no more exact than what they were measured with. */
export function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
