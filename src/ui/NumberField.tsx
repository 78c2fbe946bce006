import { useId, useState } from 'react';
import { FieldFrame } from './FieldFrame.tsx';
import styles from './Field.module.css';

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  /** Called with values that `isValid` accepts only. */
  readonly onChange: (value: number) => void;
  readonly isValid: (value: number) => boolean;
  /** Said while what stands in the field is not valid. */
  readonly error: string;
  readonly hint?: string | undefined;
  readonly step?: number | 'any';
  readonly isDisabled?: boolean;
}

/** Keeps what is being typed, valid or not, and shows the last valid value again when left. */
export function NumberField({ label, value, hint, step = 'any', ...props }: NumberFieldProps) {
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const isDraftValid = draft === null || (draft.trim() !== '' && props.isValid(Number(draft)));
  return (
    <FieldFrame
      inputId={id}
      label={label}
      hint={hint}
      error={isDraftValid ? undefined : props.error}
    >
      <input
        id={id}
        type="number"
        inputMode="decimal"
        className={styles['input']}
        step={step}
        disabled={props.isDisabled}
        value={draft ?? String(value)}
        aria-invalid={!isDraftValid}
        aria-describedby={`${id}-note`}
        onChange={(event) => {
          const text = event.target.value;
          setDraft(text);
          if (text.trim() !== '' && props.isValid(Number(text))) props.onChange(Number(text));
        }}
        onBlur={() => {
          setDraft(null);
        }}
      />
    </FieldFrame>
  );
}
