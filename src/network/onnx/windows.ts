import type { LayerKind, Padding2d } from '../network.ts';
import { integersAttribute, textAttribute, unsupportedNode } from './attributes.ts';
import type { LayerValue, Mapping } from './mapping.ts';
import type { OnnxNode } from './readNode.ts';

/** How a window moves over a picture. */
interface Window {
  /** Height and width of the kernel, without the gaps of a dilation. */
  readonly size: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
}

/** Height and width; none where they are of no interest. */
type Sizes = readonly (number | null)[];

/** Rows and columns that are added. */
type Sides = readonly [top: number, bottom: number, left: number, right: number];

interface PaddedWindow {
  readonly padding: Padding2d;
  /** What has to be added before, where `padding` cannot say it. */
  readonly sides: Sides | null;
}

/** The padding of a convolution or pooling; explicit sides are `same` where they are TensorFlow's. */
export function paddingOf(node: OnnxNode, sizes: Sizes, window: Window): PaddedWindow {
  const automatic = textAttribute(node, 'auto_pad', 'NOTSET');
  if (automatic === 'VALID') return { padding: 'valid', sides: null };
  if (automatic === 'SAME_UPPER') return { padding: 'same', sides: null };
  if (automatic !== 'NOTSET') unsupportedNode(node, `pads by ${automatic}`);
  const pads = integersAttribute(node, 'pads') ?? [0, 0, 0, 0];
  const [top = 0, left = 0, bottom = 0, right = 0] = pads;
  const sides = [top, bottom, left, right] as const;
  if (pads.length !== 4 || Math.min(...sides) < 0) unsupportedNode(node, 'pads in an unknown way');
  if (sides.every((side) => side === 0)) return { padding: 'valid', sides: null };
  const isSame = sidesOfSame(sizes, window)?.every((side, i) => side === sides[i]) === true;
  return isSame ? { padding: 'same', sides: null } : { padding: 'valid', sides };
}

/** What TensorFlow's `same` adds to an input of known size; the larger half below and to the right. */
function sidesOfSame([height, width]: Sizes, window: Window): Sides | null {
  if (height == null || width == null) return null;
  const added = [height, width].map((size, i) => {
    const stride = window.strides[i] ?? 1;
    const extent = ((window.size[i] ?? 1) - 1) * (window.dilations[i] ?? 1) + 1;
    return Math.max(0, (Math.ceil(size / stride) - 1) * stride + extent - size);
  });
  const [vertical = 0, horizontal = 0] = added;
  const [top, left] = [Math.floor(vertical / 2), Math.floor(horizontal / 2)];
  return [top, vertical - top, left, horizontal - left];
}

/** The input with zeros around it where the padding asks for them. */
export function withSides(
  node: OnnxNode,
  mapping: Mapping,
  input: LayerValue,
  sides: Sides | null,
): LayerValue {
  if (sides === null) return input;
  const settings: LayerKind = { kind: 'zero-padding2d', padding: sides };
  return mapping.add({ name: `${node.name}/pad` }, settings, [input]);
}

/** Whether the last window ends where the input does, so that rounding its number up changes nothing. */
export function endsWithInput(sizes: Sizes, window: Window, sides: Sides | null): boolean {
  const [top, bottom, left, right] = sides ?? [0, 0, 0, 0];
  return [top + bottom, left + right].every((added, i) => {
    const rest = (sizes[i] ?? NaN) + added - (window.size[i] ?? 1);
    return rest % (window.strides[i] ?? 1) === 0;
  });
}
