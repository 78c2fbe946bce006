import { useId, type InputHTMLAttributes } from 'react';
import { FieldFrame, type FieldFrameProps } from './FieldFrame.tsx';
import styles from './Field.module.css';

interface TextFieldProps extends Omit<FieldFrameProps, 'inputId' | 'children'> {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly input?: Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange' | 'className'>;
}

export function TextField({ value, onChange, input, ...frame }: TextFieldProps) {
  const id = useId();
  return (
    <FieldFrame inputId={id} {...frame}>
      <input
        type="text"
        autoComplete="off"
        {...input}
        id={id}
        className={styles['input']}
        value={value}
        aria-invalid={frame.error !== undefined}
        aria-describedby={`${id}-note`}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
    </FieldFrame>
  );
}
