import { useEffect, useRef, type KeyboardEvent, type MouseEvent, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from '../../ui/classNames.ts';
import styles from './RecordButton.module.css';
import type { Burst } from './useBurst.ts';

interface RecordButtonProps {
  readonly isHandsFree: boolean;
  readonly isDisabled: boolean;
  readonly burst: Burst;
  /** One picture, for assistive technology that can press but not hold. */
  readonly onSingle: () => void;
}

const isHoldKey = ({ key }: KeyboardEvent) => key === ' ' || key === 'Enter';

/** Records while it is held with a pointer, Space or Enter; hands-free it starts and stops. */
export function RecordButton({ isHandsFree, isDisabled, burst, onSingle }: RecordButtonProps) {
  const { t } = useTranslation('collect');
  const button = useFocusOnceEnabled(isDisabled);
  const isBusy = burst.phase !== null;
  const label = isHandsFree ? t(isBusy ? 'camera.stop' : 'camera.start') : t('camera.hold');
  const holdHandlers = useHoldHandlers(burst, onSingle);
  const pressHandlers = {
    onClick: () => {
      if (isBusy) burst.stop();
      else burst.start();
    },
  };
  return (
    <button
      ref={button}
      type="button"
      disabled={isDisabled}
      className={classNames(styles['button'], isBusy && styles['busy'])}
      {...(isHandsFree ? pressHandlers : holdHandlers)}
    >
      <span className={styles['dot']} aria-hidden="true" />
      {label}
    </button>
  );
}

/** As soon as the camera is there, Space records. Later the focus stays where it is. */
function useFocusOnceEnabled(isDisabled: boolean) {
  const button = useRef<HTMLButtonElement>(null);
  const wasFocused = useRef(false);
  useEffect(() => {
    if (isDisabled || wasFocused.current) return;
    wasFocused.current = true;
    button.current?.focus();
  }, [isDisabled]);
  return button;
}

function useHoldHandlers(burst: Burst, onSingle: () => void) {
  const isHeld = useRef(false);
  const press = () => {
    isHeld.current = true;
    burst.start();
  };
  const release = () => {
    isHeld.current = false;
    burst.stop();
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLButtonElement>) => {
      if (event.button !== 0) return;
      // The release counts wherever the pointer has gone meanwhile.
      event.currentTarget.setPointerCapture(event.pointerId);
      press();
    },
    onPointerUp: release,
    onPointerCancel: release,
    onBlur: release,
    onContextMenu: (event: MouseEvent) => {
      event.preventDefault();
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (!isHoldKey(event)) return;
      event.preventDefault();
      if (!event.repeat) press();
    },
    onKeyUp: (event: KeyboardEvent) => {
      if (!isHoldKey(event)) return;
      event.preventDefault();
      release();
    },
    onClick: (event: MouseEvent) => {
      if (event.detail === 0 && !isHeld.current) onSingle();
    },
  };
}
