import { useRef, type ReactNode } from 'react';
import { Button, type ButtonVariant } from './Button.tsx';

interface FilePickerButtonProps {
  readonly children: string;
  readonly onPick: (files: readonly File[]) => void;
  /** As in the `accept` attribute. */
  readonly accept?: string;
  /** Picks a folder with everything in it; else any number of files. */
  readonly isFolder?: boolean;
  readonly variant?: ButtonVariant;
  readonly icon?: ReactNode;
  readonly isDisabled?: boolean;
}

/** A button that opens the system's file or folder picker. */
export function FilePickerButton(props: FilePickerButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        variant={props.variant ?? 'secondary'}
        icon={props.icon}
        disabled={props.isDisabled}
        onClick={() => input.current?.click()}
      >
        {props.children}
      </Button>
      <input
        ref={(element) => {
          input.current = element;
          // Not an attribute that React knows.
          if (element !== null) element.webkitdirectory = props.isFolder === true;
        }}
        type="file"
        hidden
        multiple
        accept={props.accept}
        onChange={(event) => {
          const { files } = event.target;
          if (files !== null && files.length > 0) props.onPick([...files]);
          // The same file can be picked again.
          event.target.value = '';
        }}
      />
    </>
  );
}
