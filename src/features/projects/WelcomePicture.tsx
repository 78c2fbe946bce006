import type { ReactNode } from 'react';
import styles from './WelcomePicture.module.css';

/** Three heaps of photos, each of one kind. Decoration. */
export function WelcomePicture() {
  return (
    <svg className={styles['picture']} viewBox="0 0 420 190" aria-hidden="true">
      <Heap x={70} color="var(--class-0)">
        <path d="M-26 22l18-24 13 15 9-10 14 19z" />
        <circle cx="14" cy="-16" r="7" />
      </Heap>
      <Heap x={210} color="var(--class-2)">
        <path d="M0 26V-4M0 12c-2-14-12-20-26-20 0 14 10 22 26 20zM0 2c1-14 10-22 26-24 1 14-9 25-26 24z" />
      </Heap>
      <Heap x={350} color="var(--class-1)">
        <path d="M-25 2v-26l14 9a30 30 0 0122 0l14-9V2a25 23 0 01-50 0z" />
        <path d="M-9 0h.01M9 0h.01M-3 11l3 2 3-2" />
      </Heap>
    </svg>
  );
}

interface HeapProps {
  readonly x: number;
  readonly color: string;
  readonly children: ReactNode;
}

function Heap({ x, color, children }: HeapProps) {
  return (
    <g transform={`translate(${x} 95)`}>
      <rect
        className={styles['photo']}
        x="-50"
        y="-56"
        width="100"
        height="112"
        rx="8"
        transform="rotate(-11)"
      />
      <rect
        className={styles['photo']}
        x="-50"
        y="-56"
        width="100"
        height="112"
        rx="8"
        transform="rotate(7)"
      />
      <rect
        className={styles['photo']}
        x="-50"
        y="-56"
        width="100"
        height="112"
        rx="8"
        transform="rotate(-2)"
      />
      <g transform="rotate(-2)">
        <rect x="-42" y="-48" width="84" height="84" rx="4" fill={color} opacity="0.16" />
        <g
          transform="translate(0 -6)"
          fill="none"
          stroke={color}
          strokeWidth="3.5"
          strokeLinecap="round"
          strokeLinejoin="round"
        >
          {children}
        </g>
        <rect x="-20" y="43" width="40" height="5" rx="2.5" fill={color} opacity="0.7" />
      </g>
    </g>
  );
}
