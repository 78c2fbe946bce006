import { useRef, useState } from 'react';
import styles from './EditableText.module.css';

interface EditableTextProps {
  /** Accessible name of the field. */
  readonly label: string;
  readonly value: string;
  /** Called with a trimmed name that is not empty and not the same as before. */
  readonly onCommit: (value: string) => void;
  readonly size?: 'medium' | 'large';
}

/** Text that is renamed where it stands: Enter or leaving the field keeps it, Escape takes it back. */
export function EditableText({ label, value, onCommit, size = 'medium' }: EditableTextProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const isDiscarded = useRef(false);

  const finish = () => {
    const name = draft?.trim() ?? '';
    if (!isDiscarded.current && name !== '' && name !== value) onCommit(name);
    isDiscarded.current = false;
    setDraft(null);
  };
  return (
    <input
      type="text"
      className={styles['input']}
      data-size={size}
      aria-label={label}
      autoComplete="off"
      maxLength={120}
      value={draft ?? value}
      onChange={(event) => {
        setDraft(event.target.value);
      }}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Escape') isDiscarded.current = true;
        if (event.key === 'Escape' || event.key === 'Enter') event.currentTarget.blur();
      }}
    />
  );
}
