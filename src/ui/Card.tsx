import type { HTMLAttributes } from 'react';
import styles from './Card.module.css';

interface CardProps extends Omit<HTMLAttributes<HTMLElement>, 'className'> {
  /** `section` where the card has a heading of its own. */
  readonly as?: 'div' | 'section' | 'article' | 'li';
}

export function Card({ as: Element = 'div', ...rest }: CardProps) {
  return <Element {...rest} className={styles['card']} />;
}
