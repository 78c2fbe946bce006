/** For tests: ‖a − b‖ / ‖b‖ */
export function relativeDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const norm = (values: number[]) => Math.hypot(...values);
  const reference = Array.from(b);
  return norm(reference.map((value, i) => value - (a[i] ?? NaN))) / norm(reference);
}

/** RGB bytes of an 8-bit PNG without interlacing: [height, width, 3]. */
export async function decodePng(file: Uint8Array<ArrayBuffer>): Promise<{
  width: number;
  height: number;
  rgb: Uint8ClampedArray;
}> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const [bitDepth, colorType] = [view.getUint8(24), view.getUint8(25)];
  if (bitDepth !== 8 || colorType !== 2) throw new Error('Only 8-bit RGB is read here');
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let offset = 8; offset < file.length;) {
    const length = view.getUint32(offset);
    const kind = String.fromCharCode(...file.subarray(offset + 4, offset + 8));
    if (kind === 'IDAT') parts.push(file.subarray(offset + 8, offset + 8 + length));
    offset += length + 12;
  }
  const rows = new Blob(parts).stream().pipeThrough(new DecompressionStream('deflate'));
  const data = new Uint8Array(await new Response(rows).arrayBuffer());
  return { width, height, rgb: unfilter(data, width * 3, height) };
}

/** Undoes the five row filters of PNG (section 9 of the specification), for three bytes a pixel. */
function unfilter(data: Uint8Array, rowLength: number, height: number): Uint8ClampedArray {
  const rows = new Uint8ClampedArray(rowLength * height);
  for (let y = 0; y < height; y++) {
    const filter = data[y * (rowLength + 1)] ?? 0;
    for (let x = 0; x < rowLength; x++) {
      const at = (row: number, column: number) =>
        row < 0 || column < 0 ? 0 : (rows[row * rowLength + column] ?? 0);
      const [left, up, corner] = [at(y, x - 3), at(y - 1, x), at(y - 1, x - 3)];
      const predicted = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
      rows[y * rowLength + x] = ((data[y * (rowLength + 1) + 1 + x] ?? 0) + predicted) & 255;
    }
  }
  return rows;
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner;
  const distances = [left, up, corner].map((value) => Math.abs(estimate - value));
  return [left, up, corner][distances.indexOf(Math.min(...distances))] ?? 0;
}
