import { crc32 } from './crc32.ts';
import type { Sha256 } from './ids.ts';
import { createRandom, type Random } from './random.ts';

export const FLIPS = ['none', 'across', 'both'] as const;

/** `across`: left and right change places in half of the views; `both`: top and bottom as well. */
export type Flips = (typeof FLIPS)[number];

/** What is done to photos to get more to learn from: how many views of each, and how strong. */
export interface Augmentation {
  /** Of each training photo, beside the photo as it is; 0: none. */
  readonly numViews: number;
  readonly seed: number;
  readonly flips: Flips;
  /** Share of each side that is cut away, at most. */
  readonly crop: number;
  /** Clockwise or anticlockwise, at most. */
  readonly rotationDegrees: number;
  /** By how much brightness, contrast and saturation grow or shrink, at most. */
  readonly colour: number;
  /** How far hues are turned either way, at most. */
  readonly hueDegrees: number;
  /** Standard deviation of the blur as a share of the shorter side, at most. */
  readonly blur: number;
  /** Share of the area that is covered in grey, at most. */
  readonly erasing: number;
}

/** Off; the strengths are those that it begins with when it is switched on. */
export const DEFAULT_AUGMENTATION: Augmentation = {
  numViews: 0,
  seed: 1,
  flips: 'across',
  crop: 0.2,
  rotationDegrees: 10,
  colour: 0.2,
  hueDegrees: 0,
  blur: 0,
  erasing: 0,
};

/** Inclusive limits of each number; the panel and archives are checked against them. */
export const AUGMENTATION_LIMITS = {
  numViews: { min: 0, max: 10, isInteger: true },
  seed: { min: 0, max: 4294967295, isInteger: true },
  crop: { min: 0, max: 0.8, isInteger: false },
  rotationDegrees: { min: 0, max: 180, isInteger: false },
  colour: { min: 0, max: 0.9, isInteger: false },
  hueDegrees: { min: 0, max: 180, isInteger: false },
  blur: { min: 0, max: 0.03, isInteger: false },
  erasing: { min: 0, max: 0.5, isInteger: false },
} as const;

export type AugmentationField = keyof typeof AUGMENTATION_LIMITS;

/** Whether `value` may stand in `field`. */
export function isAugmentationValue(field: AugmentationField, value: number): boolean {
  const { min, max, isInteger } = AUGMENTATION_LIMITS[field];
  return value >= min && value <= max && (!isInteger || Number.isInteger(value));
}

/** A rectangle in shares of a picture's sides. */
export interface ShareBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** What becomes of a photo in one view, in this order. */
export interface View {
  /** The part that is taken of the framed photo. */
  readonly crop: ShareBox;
  readonly isFlippedAcross: boolean;
  readonly isFlippedDown: boolean;
  /** Clockwise. */
  readonly rotationDegrees: number;
  /** Factors; 1 changes nothing. */
  readonly brightness: number;
  readonly contrast: number;
  readonly saturation: number;
  readonly hueDegrees: number;
  /** Standard deviation as a share of the shorter side. */
  readonly blur: number;
  readonly erased: ShareBox | null;
}

/** A view that is the photo as it is. */
export const PLAIN_VIEW: View = {
  crop: { left: 0, top: 0, width: 1, height: 1 },
  isFlippedAcross: false,
  isFlippedDown: false,
  rotationDegrees: 0,
  brightness: 1,
  contrast: 1,
  saturation: 1,
  hueDegrees: 0,
  blur: 0,
  erased: null,
};

/**
 * View `index` (from 0) of a photo: the same for the same settings, seed and photo. Every operation
 * draws its numbers whether it is on or off, so that switching one leaves the others as they were.
 */
export function drawView(settings: Augmentation, imageHash: Sha256, index: number): View {
  const random = createRandom(viewSeed(settings.seed, imageHash, index));
  const within = (limit: number) => 2 * limit * random.next() - limit;
  const [across, down] = [random.next() < 0.5, random.next() < 0.5];
  const side = 1 - settings.crop * random.next();
  const [left, top] = [random.next() * (1 - side), random.next() * (1 - side)];
  return {
    crop: { left, top, width: side, height: side },
    isFlippedAcross: across && settings.flips !== 'none',
    isFlippedDown: down && settings.flips === 'both',
    rotationDegrees: within(settings.rotationDegrees),
    brightness: 1 + within(settings.colour),
    contrast: 1 + within(settings.colour),
    saturation: 1 + within(settings.colour),
    hueDegrees: within(settings.hueDegrees),
    blur: settings.blur * random.next(),
    erased: drawErased(settings.erasing, random),
  };
}

/** As in Zhong et al., "Random Erasing Data Augmentation" (2017): between half and twice as wide as high. */
function drawErased(erasing: number, random: Random): ShareBox | null {
  const area = erasing * random.next();
  const proportions = 2 ** (2 * random.next() - 1);
  const width = Math.min(Math.sqrt(area * proportions), 1);
  const height = Math.min(Math.sqrt(area / proportions), 1);
  const [left, top] = [random.next() * (1 - width), random.next() * (1 - height)];
  return erasing === 0 ? null : { left, top, width, height };
}

function viewSeed(seed: number, imageHash: Sha256, index: number): number {
  return crc32([new TextEncoder().encode(`${seed} ${index} ${imageHash}`)]);
}

/** What the view number `index` of every photo depends on besides the photo; raised when pixels would change. */
export function viewKey(settings: Augmentation, index: number): `view ${string}` {
  const { seed, flips, crop, rotationDegrees, colour, hueDegrees, blur, erasing } = settings;
  const strengths = [flips, crop, rotationDegrees, colour, hueDegrees, blur, erasing].join(',');
  return `view 1 ${seed},${index} ${strengths}`;
}
