import { classColor } from './classColors.ts';
import styles from './ClassSwatch.module.css';

/** The dot in a class's colour. Decoration: the class's name stands next to it. */
export function ClassSwatch({ colorIndex }: { readonly colorIndex: number }) {
  return (
    <span
      aria-hidden="true"
      className={styles['swatch']}
      style={{ background: classColor(colorIndex) }}
    />
  );
}
