import styles from './DropHint.module.css';

/** Lies over the page while files are dragged over it, and lets them through. */
export function DropHint({ children }: { readonly children: string }) {
  return (
    <div className={styles['veil']}>
      <p className={styles['text']}>{children}</p>
    </div>
  );
}
