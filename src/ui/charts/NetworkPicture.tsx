import { useMemo, useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { useWidth } from '../useWidth.ts';
import { channelStrengths, networkBlocks, type DrawnLayer } from './networkBlocks.ts';
import { HEIGHT, NetworkDrawing } from './NetworkDrawing.tsx';
import styles from './NetworkPicture.module.css';

interface NetworkPictureProps {
  /** Accessible name. */
  readonly label: string;
  readonly layers: readonly DrawnLayer[];
  /** For each layer whether the cut network still has it. */
  readonly isUsed: readonly boolean[];
  /** Positions of the cut layers, ascending. */
  readonly cut: readonly number[];
  /** Positions worth trying; marked under the picture. */
  readonly marked: readonly number[];
  /** Text alternative of the cut: the layers' names. */
  readonly cutText: string;
  /** Written on what comes after the cut. */
  readonly headText: string;
  /** With it a click or an arrow key moves the cut, which then has a single layer. */
  readonly onMove: ((position: number) => void) | null;
}

/** Layers that Page Up and Page Down go by. */
const PAGE = 10;

/**
 * A network from its input on the left to the new classes on the right: blocks as high as their pictures
 * are large, stripes as strong as they have channels, hollow behind the cut. A slider where it can be moved.
 */
export function NetworkPicture(props: NetworkPictureProps) {
  const { layers, cut, marked, onMove } = props;
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const blocks = useMemo(() => networkBlocks(layers), [layers]);
  const strengths = useMemo(() => channelStrengths(layers), [layers]);
  const last = layers.length - 1;
  const current = cut.at(-1) ?? last;

  const moveByKey = (event: KeyboardEvent) => {
    const target = movedTo(event.key, current, last);
    if (target === null || onMove === null) return;
    event.preventDefault();
    onMove(target);
  };
  const moveByPointer = (event: PointerEvent<HTMLElement>) => {
    if (onMove === null || event.buttons !== 1) return;
    const { left, width: drawn } = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - left) / (drawn - headWidth(drawn));
    const layer = Math.max(0, Math.min(last, Math.floor(share * layers.length)));
    const target = nearestMark(layer, marked, layers.length);
    if (target !== current) onMove(target);
  };
  const slider = {
    role: 'slider',
    tabIndex: 0,
    'aria-valuemin': 1,
    'aria-valuemax': layers.length,
    'aria-valuenow': current + 1,
    'aria-valuetext': props.cutText,
    onKeyDown: moveByKey,
    onPointerMove: moveByPointer,
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      event.currentTarget.setPointerCapture(event.pointerId);
      moveByPointer(event);
    },
  } as const;
  return (
    <div
      ref={box}
      className={styles['picture']}
      style={{ height: HEIGHT }}
      {...(onMove === null
        ? { role: 'img', 'aria-label': `${props.label}. ${props.cutText}` }
        : { ...slider, 'aria-label': props.label })}
    >
      {width === 0 ? null : (
        <NetworkDrawing
          {...props}
          width={width}
          headWidth={headWidth(width)}
          blocks={blocks}
          strengths={strengths}
        />
      )}
    </div>
  );
}

function headWidth(width: number): number {
  return Math.max(84, width * 0.12);
}

function movedTo(key: string, current: number, last: number): number | null {
  const targets: Partial<Record<string, number>> = {
    ArrowLeft: current - 1,
    ArrowDown: current - 1,
    ArrowRight: current + 1,
    ArrowUp: current + 1,
    PageDown: current - PAGE,
    PageUp: current + PAGE,
    Home: 0,
    End: last,
  };
  const target = targets[key];
  return target === undefined ? null : Math.max(0, Math.min(last, target));
}

/** A finger is wider than a layer: what is worth trying draws it near. */
function nearestMark(layer: number, marked: readonly number[], numLayers: number): number {
  const reach = numLayers * 0.02;
  return marked.find((mark) => Math.abs(mark - layer) <= reach) ?? layer;
}
