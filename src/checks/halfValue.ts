/** Of 16 bits: a sign, five of exponent, ten of fraction (IEEE 754, binary16). */
export function halfValue(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 0x3ff;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Whether half precision would read this number as the stored one: no other is nearer, and of two as near it is the even one. */
export function isHalf(number: number, bits: number): boolean {
  const distance = Math.abs(number - halfValue(bits));
  const isEven = (bits & 1) === 0;
  const neighbours = [bits + 1, bits - 1].filter((each) => (each & 0x7fff) < 0x7c00);
  return neighbours.every((each) => {
    const other = Math.abs(number - halfValue(each & 0xffff));
    return distance < other || (distance === other && isEven);
  });
}
