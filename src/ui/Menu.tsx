import { useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Button, type ButtonVariant } from './Button.tsx';
import { IconButton } from './IconButton.tsx';
import { CheckIcon } from './icons.tsx';
import styles from './Menu.module.css';
import { placeBelow } from './placeBelow.ts';

interface MenuItem {
  readonly label: string;
  readonly onSelect: () => void;
  readonly icon?: ReactNode;
  /** Set on every item of a menu that shows a choice. */
  readonly isChecked?: boolean;
  readonly isDanger?: boolean;
  readonly isDisabled?: boolean;
}

interface MenuProps {
  readonly label: string;
  readonly icon: ReactNode;
  readonly items: readonly MenuItem[];
  /** With a variant the label is written on the button; without, it is the name of an icon. */
  readonly variant?: ButtonVariant;
}

/** A button that opens a list of actions. The list is a native popover, so nothing clips it. */
export function Menu({ label, icon, items, variant }: MenuProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [isOpen, setIsOpen] = useState(false);

  const rows = () => [...(list.current?.querySelectorAll<HTMLElement>('button:enabled') ?? [])];
  const close = () => {
    list.current?.hidePopover();
    button.current?.focus();
  };
  const moveFocus = (event: KeyboardEvent) => {
    const buttons = rows();
    const current = buttons.indexOf(document.activeElement as HTMLElement);
    const targets: Partial<Record<string, number>> = {
      ArrowDown: (current + 1) % buttons.length,
      ArrowUp: (current - 1 + buttons.length) % buttons.length,
      Home: 0,
      End: buttons.length - 1,
    };
    const target = targets[event.key];
    if (event.key === 'Tab') close();
    if (target === undefined) return;
    event.preventDefault();
    buttons[target]?.focus();
  };

  const trigger = {
    ref: button,
    'aria-haspopup': 'menu',
    'aria-expanded': isOpen,
    popoverTarget: id,
    icon,
  } as const;
  return (
    <>
      {variant === undefined ? (
        <IconButton {...trigger} label={label} />
      ) : (
        <Button {...trigger} variant={variant}>
          {label}
        </Button>
      )}
      <div
        ref={list}
        id={id}
        role="menu"
        aria-label={label}
        popover="auto"
        className={styles['menu']}
        onKeyDown={moveFocus}
        onToggle={(event) => {
          setIsOpen(event.newState === 'open');
          if (event.newState !== 'open' || button.current === null) return;
          placeBelow(event.currentTarget, button.current);
          rows()[0]?.focus();
        }}
      >
        {items.map((item) => (
          <button
            key={item.label}
            type="button"
            role={item.isChecked === undefined ? 'menuitem' : 'menuitemradio'}
            aria-checked={item.isChecked}
            disabled={item.isDisabled}
            tabIndex={-1}
            className={styles['item']}
            data-danger={item.isDanger}
            onClick={() => {
              close();
              item.onSelect();
            }}
          >
            {item.isChecked === undefined ? null : <CheckMark isChecked={item.isChecked} />}
            {item.icon}
            <span>{item.label}</span>
          </button>
        ))}
      </div>
    </>
  );
}

function CheckMark({ isChecked }: { readonly isChecked: boolean }) {
  return <span className={styles['check']}>{isChecked ? <CheckIcon /> : null}</span>;
}
