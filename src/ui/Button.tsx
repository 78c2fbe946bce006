import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import styles from './Button.module.css';
import { classNames } from './classNames.ts';

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';

interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'> {
  readonly variant?: ButtonVariant;
  readonly icon?: ReactNode;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** At most one primary button to a screen: the next thing to do. */
export function Button({ variant = 'secondary', icon, children, ...rest }: ButtonProps) {
  return (
    <button type="button" {...rest} className={classNames(styles['button'], styles[variant])}>
      {icon}
      <span>{children}</span>
    </button>
  );
}
