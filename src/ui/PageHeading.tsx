import { useEffect, useRef, type ReactNode } from 'react';
import styles from './PageHeading.module.css';

interface PageHeadingProps {
  readonly title: string;
  /** One sentence under the title. */
  readonly children?: ReactNode;
  /** Controls at the far end; the page's next action last. */
  readonly actions?: ReactNode;
}

/** A page's h1. Reached by a click or a key it takes the focus, so that reading starts there; on loading it does not. */
export function PageHeading({ title, children, actions }: PageHeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // Missing in older browsers, whatever the DOM types say.
    const activation = navigator.userActivation as UserActivation | undefined;
    if (activation?.hasBeenActive === true) heading.current?.focus();
  }, []);
  return (
    <header className={styles['root']}>
      <div className={styles['texts']}>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {children === undefined ? null : <div className={styles['lead']}>{children}</div>}
      </div>
      {actions === undefined ? null : <div className={styles['actions']}>{actions}</div>}
    </header>
  );
}
