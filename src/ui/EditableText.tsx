import { useState } from 'react';
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

  const commit = () => {
    const name = draft?.trim() ?? '';
    if (name !== '' && name !== value) onCommit(name);
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
      onBlur={commit}
      onKeyDown={(event) => {
        // Enter also ends a word of an input method, which is not the end of the name.
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Escape') setDraft(null);
        if (event.key === 'Enter') commit();
      }}
    />
  );
}
