import type { ReactNode } from 'react';
import styles from './Button.module.css';
import type { ButtonVariant } from './Button.tsx';
import { classNames } from './classNames.ts';

interface LinkButtonProps {
  readonly href: string;
  readonly variant?: ButtonVariant;
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}

/** A link to another step that looks like the action it is. */
export function LinkButton({ href, variant = 'secondary', icon, children }: LinkButtonProps) {
  return (
    <a href={href} className={classNames(styles['button'], styles[variant])}>
      <span>{children}</span>
      {icon}
    </a>
  );
}
