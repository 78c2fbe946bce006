import type { ReactNode } from 'react';

interface IconProps {
  readonly children: ReactNode;
  readonly strokeWidth: number;
}

/** Drawn on a 20-unit grid in the colour of the text; decoration beside a label or a name. */
function Icon({ children, strokeWidth }: IconProps) {
  return (
    <svg
      width="18"
      height="18"
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth={strokeWidth}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

function icon(path: string, strokeWidth = 1.6) {
  return function PathIcon() {
    return (
      <Icon strokeWidth={strokeWidth}>
        <path d={path} />
      </Icon>
    );
  };
}

export const PlusIcon = icon('M10 4v12M4 10h12');
export const CloseIcon = icon('M5 5l10 10M15 5L5 15');
export const CheckIcon = icon('M4 10.5l4 4 8-9');
export const TrashIcon = icon('M4 6h12M8 6V4h4v2M5.5 6l.8 10h7.4l.8-10M8.5 9v4M11.5 9v4');
export const PencilIcon = icon('M4 16l.7-3.2L13 4.5l2.5 2.5-8.3 8.3L4 16zM11.3 6.2l2.5 2.5');
export const CopyIcon = icon('M7 7h9v9H7zM4 13V4h9');
export const MoreIcon = icon('M4.5 10h.01M10 10h.01M15.5 10h.01', 2.6);
export const ArrowUpIcon = icon('M10 16V4M5 9l5-5 5 5');
export const ArrowDownIcon = icon('M10 4v12M5 11l5 5 5-5');
export const ArrowLeftIcon = icon('M16 10H4M9 5l-5 5 5 5');
export const ArrowRightIcon = icon('M4 10h12M11 5l5 5-5 5');
export const DownloadIcon = icon('M10 3v9M6 8.5l4 4 4-4M4 16h12');
export const UploadIcon = icon('M10 12V3M6 6.5l4-4 4 4M4 16h12');
export const FolderIcon = icon('M3 15.5v-11h5l2 2h7v9z');
export const GripIcon = icon(
  'M7.5 5h.01M12.5 5h.01M7.5 10h.01M12.5 10h.01M7.5 15h.01M12.5 15h.01',
  2.4,
);
export const UndoIcon = icon('M7 5L3.5 8.5 7 12M4 8.5h7.5a4 4 0 010 8H8');
export const StopIcon = icon('M5.5 5.5h9v9h-9z');
export const SparkIcon = icon('M10 3l1.8 5.2L17 10l-5.2 1.8L10 17l-1.8-5.2L3 10l5.2-1.8z');
export const ChartIcon = icon('M3.5 3.5v13h13M6.5 13l3-4 2.5 2 4-5.5');
export const GridIcon = icon(
  'M3.5 3.5h5.5V9H3.5zM11 3.5h5.5V9H11zM3.5 11H9v5.5H3.5zM11 11h5.5v5.5H11z',
);
export const LayersIcon = icon('M3.5 3.5v13M8 5.5v9M12.2 7.5v5M16.5 9v2', 2.4);
export const BoxIcon = icon('M10 3l6.5 3.5v7L10 17l-6.5-3.5v-7zM3.5 6.5L10 10l6.5-3.5M10 10v7');
export const CameraIcon = icon(
  'M3 6.5h3.5L8 4.5h4l1.5 2H17v9H3zM10 8.2a2.6 2.6 0 100 5.2 2.6 2.6 0 000-5.2z',
);
export const PhotoIcon = icon('M3 4h14v12H3zM3.5 14l4-4.5 3 3 2.5-2.5 4 4M13 7.2h.01');
export const MoonIcon = icon('M16.5 11.8A6.8 6.8 0 018.2 3.5a6.8 6.8 0 108.3 8.3z');
export const SunIcon = icon(
  'M10 6.5a3.5 3.5 0 100 7 3.5 3.5 0 000-7zM10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.3 4.3l1 1M14.7 14.7l1 1M4.3 15.7l1-1M14.7 5.3l1-1',
);
export const GlobeIcon = icon(
  'M10 3a7 7 0 100 14 7 7 0 000-14zM3 10h14M10 3c2.5 2.2 2.5 11.8 0 14M10 3c-2.5 2.2-2.5 11.8 0 14',
);
export const LockIcon = icon('M5 9h10v7.5H5zM7 9V6.5a3 3 0 016 0V9');
export const WarningIcon = icon('M10 3.5l7 12.5H3zM10 8.5v3.5M10 14h.01');
