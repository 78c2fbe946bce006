/** What the picture of a network shows of a layer. */
export interface DrawnLayer {
  /** [height, width, channels] or [size]. */
  readonly outputShape: readonly number[];
}

/** Neighbouring layers with pictures of about the same size, or with rows. */
export interface NetworkBlock {
  /** First and last layer. */
  readonly from: number;
  readonly to: number;
  /** Side of the pictures in pixels, without padding; `null` for rows. */
  readonly side: number | null;
  /** Share of the picture's full height. */
  readonly height: number;
}

/** Padding adds a pixel or two, which is no new size. */
const SAME_SIZE_RATIO = 1.3;

const ROW_HEIGHT = 0.1;

/** Layers put into blocks. Heights go with the square root, so that 7 × 7 is still seen beside 224 × 224. */
export function networkBlocks(layers: readonly DrawnLayer[]): readonly NetworkBlock[] {
  const sides = layers.map(({ outputShape }) => sideOf(outputShape));
  const largest = Math.max(1, ...sides.map((side) => side ?? 0));
  const blocks: NetworkBlock[] = [];
  const heightOf = (side: number | null) =>
    side === null ? ROW_HEIGHT : Math.max(ROW_HEIGHT, Math.sqrt(side / largest));
  for (const [index, side] of sides.entries()) {
    const last = blocks.at(-1);
    if (last !== undefined && isSameSize(last.side, side)) {
      const smaller = last.side === null || side === null ? null : Math.min(last.side, side);
      const height = heightOf(smaller);
      blocks[blocks.length - 1] = { from: last.from, to: index, side: smaller, height };
    } else {
      blocks.push({ from: index, to: index, side, height: heightOf(side) });
    }
  }
  return blocks;
}

/** How strongly each layer is drawn, from 0 to 1, by the number of its channels on a scale of doublings. */
export function channelStrengths(layers: readonly DrawnLayer[]): readonly number[] {
  const doublings = layers.map(({ outputShape }) =>
    Math.log2(Math.max(1, outputShape.at(-1) ?? 1)),
  );
  const most = Math.max(1, ...doublings);
  return doublings.map((value) => value / most);
}

function sideOf(outputShape: readonly number[]): number | null {
  const [height = 0, width = 0] = outputShape;
  return outputShape.length === 3 ? Math.max(height, width) : null;
}

function isSameSize(a: number | null, b: number | null): boolean {
  if (a === null || b === null) return a === b;
  return Math.max(a, b) < Math.min(a, b) * SAME_SIZE_RATIO;
}
