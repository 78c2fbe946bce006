/** An accuracy measured with so many photos. */
export interface CurvePoint {
  readonly numPhotos: number;
  readonly accuracy: number;
}

/** `accuracy = ceiling − drop · numPhotos^−rate` */
export interface PowerLaw {
  readonly ceiling: number;
  readonly drop: number;
  readonly rate: number;
}

/** Slower cannot be told from a line, faster not from a step, by the few points of a curve. */
const MIN_RATE = 0.05;
const MAX_RATE = 3;
const NUM_RATES = 60;
const REFINEMENTS = 40;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * Inverse power law by weighted least squares, the j-th of m points weighing j / m (Figueroa et al. 2012,
 * "Predicting sample size required for classification performance"). The ceiling is at most 1, the drop
 * at least 0, the rate from 0.05 to 3. For a given rate the rest is a line, so only the rate is searched:
 * on a grid, then by golden section. Points in the order of their numbers of photos, not none.
 */
export function fitPowerLaw(points: readonly CurvePoint[]): PowerLaw {
  const rates = Array.from({ length: NUM_RATES }, (_, index) => rateAt(index));
  const fits = rates.map((rate) => fitLine(points, rate));
  const errors = fits.map((fit) => squaredError(points, fit));
  const best = errors.indexOf(Math.min(...errors));
  let low = rateAt(Math.max(0, best - 1));
  let high = rateAt(Math.min(NUM_RATES - 1, best + 1));
  for (let step = 0; step < REFINEMENTS; step++) {
    const [left, right] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
    const isLeft = errorAt(points, left) < errorAt(points, right);
    if (isLeft) high = right;
    else low = left;
  }
  return fitLine(points, (low + high) / 2);
}

export function accuracyAt({ ceiling, drop, rate }: PowerLaw, numPhotos: number): number {
  return ceiling - drop * numPhotos ** -rate;
}

/** Evenly spaced on a logarithmic scale. */
function rateAt(index: number): number {
  return MIN_RATE * (MAX_RATE / MIN_RATE) ** (index / (NUM_RATES - 1));
}

function errorAt(points: readonly CurvePoint[], rate: number): number {
  return squaredError(points, fitLine(points, rate));
}

function squaredError(points: readonly CurvePoint[], law: PowerLaw): number {
  return points.reduce(
    (sum, { numPhotos, accuracy }, index) =>
      sum + ((index + 1) / points.length) * (accuracy - accuracyAt(law, numPhotos)) ** 2,
    0,
  );
}

/** The best ceiling and drop for a rate; where the best is out of bounds, the best on the bound. */
function fitLine(points: readonly CurvePoint[], rate: number): PowerLaw {
  let [weights, x, y, xx, xy] = [0, 0, 0, 0, 0];
  for (const [index, { numPhotos, accuracy }] of points.entries()) {
    const weight = (index + 1) / points.length;
    const falling = numPhotos ** -rate;
    weights += weight;
    x += weight * falling;
    y += weight * accuracy;
    xx += weight * falling ** 2;
    xy += weight * falling * accuracy;
  }
  const spread = weights * xx - x * x;
  const drop = spread > 0 ? (x * y - weights * xy) / spread : 0;
  if (drop <= 0) return { ceiling: Math.min(1, y / weights), drop: 0, rate };
  const ceiling = (y + drop * x) / weights;
  return ceiling <= 1 ? { ceiling, drop, rate } : { ceiling: 1, drop: (x - xy) / xx, rate };
}
