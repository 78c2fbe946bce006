import { useId } from 'react';
import type { NetworkBlock } from './networkBlocks.ts';
import styles from './NetworkPicture.module.css';

/** Pixels. */
export const HEIGHT = 216;

const TOP = 26;
const MIDDLE = 98;
const MAX_BLOCK_HEIGHT = 132;
const LABEL_Y = 190;
const MARK_Y = 206;
const GAP = 3;
/** Narrower blocks have no room for their size. */
const MIN_LABEL_WIDTH = 34;

interface NetworkDrawingProps {
  readonly width: number;
  /** Room on the right for what comes after the cut. */
  readonly headWidth: number;
  readonly blocks: readonly NetworkBlock[];
  readonly strengths: readonly number[];
  readonly isUsed: readonly boolean[];
  readonly cut: readonly number[];
  readonly marked: readonly number[];
  readonly headText: string;
}

/** The drawing itself, all decoration: the element around it has the name. */
export function NetworkDrawing(props: NetworkDrawingProps) {
  const { width, headWidth, blocks, cut, marked } = props;
  const step = (width - headWidth) / props.isUsed.length;
  const cutX = (position: number) => (position + 1) * step - GAP / 2;
  return (
    <svg width={width} height={HEIGHT} aria-hidden="true" className={styles['drawing']}>
      {blocks.map((block) => (
        <Block key={block.from} {...props} block={block} step={step} />
      ))}
      {marked.map((position) => (
        <circle
          key={position}
          className={styles['mark']}
          data-chosen={cut.includes(position)}
          cx={cutX(position)}
          cy={MARK_Y}
          r={3.5}
        />
      ))}
      {cut.map((position) => (
        <CutLine key={position} x={cutX(position)} headX={width - headWidth} />
      ))}
      <Head x={width - headWidth} width={headWidth} text={props.headText} />
    </svg>
  );
}

interface BlockProps extends NetworkDrawingProps {
  readonly block: NetworkBlock;
  readonly step: number;
}

function Block({ block, step, strengths, isUsed }: BlockProps) {
  const clipId = useId();
  const x = block.from * step;
  const width = Math.max(1, (block.to - block.from + 1) * step - GAP);
  const height = block.height * MAX_BLOCK_HEIGHT;
  const box = { x, y: MIDDLE - height / 2, width, height, rx: Math.min(5, width / 2) };
  const layers = Array.from({ length: block.to - block.from + 1 }, (_, i) => block.from + i);
  return (
    <g>
      <clipPath id={clipId}>
        <rect {...box} />
      </clipPath>
      <g clipPath={`url(#${clipId})`}>
        {layers.map((position) =>
          isUsed[position] === true ? (
            <rect
              key={position}
              className={styles['layer']}
              x={position * step}
              y={box.y}
              width={step + 0.5}
              height={height}
              fillOpacity={0.16 + 0.74 * (strengths[position] ?? 0) ** 2}
            />
          ) : null,
        )}
      </g>
      <rect {...box} className={styles['outline']} data-used={isUsed[block.from]} />
      {block.side === null || width < MIN_LABEL_WIDTH ? null : (
        <text className={styles['size']} x={x + width / 2} y={LABEL_Y}>
          {`${String(block.side)}²`}
        </text>
      )}
    </g>
  );
}

/** Shorter shoots would be all bends. */
const MIN_SHOOT = 24;

/** The cut, and from it, over the top of what is left out, the shoot that bears the new head. */
function CutLine({ x, headX }: { readonly x: number; readonly headX: number }) {
  const shoot = `M${String(x)} ${String(TOP)}V14Q${String(x)} 8 ${String(x + 6)} 8H${String(headX + 12)}Q${String(headX + 20)} 8 ${String(headX + 20)} 16V${String(MIDDLE - 30)}`;
  return (
    <>
      <path className={styles['cut']} d={`M${String(x)} ${String(TOP)}V${String(LABEL_Y - 16)}`} />
      {headX - x < MIN_SHOOT ? null : <path className={styles['shoot']} d={shoot} />}
      <circle className={styles['knob']} cx={x} cy={MIDDLE} r={6} />
    </>
  );
}

interface HeadProps {
  readonly x: number;
  readonly width: number;
  readonly text: string;
}

function Head({ x, width, text }: HeadProps) {
  return (
    <g>
      <rect
        className={styles['head']}
        x={x + 8}
        y={MIDDLE - 30}
        width={width - 9}
        height={60}
        rx={10}
      />
      <text className={styles['headText']} x={x + 8 + (width - 9) / 2} y={MIDDLE + 4}>
        {text}
      </text>
    </g>
  );
}
