import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextField } from '../../ui/TextField.tsx';

const MAX_NAME_LENGTH = 120;

interface NameDialogProps {
  readonly title: string;
  readonly submitLabel: string;
  readonly initialName: string;
  readonly onClose: () => void;
  /** With a trimmed name that is not empty; the dialog closes itself. */
  readonly onSubmit: (name: string) => void;
}

/** Asks for a project's name. */
export function NameDialog(props: NameDialogProps) {
  const { t } = useTranslation(['projects', 'common']);
  const formId = useId();
  const [name, setName] = useState(props.initialName);
  const [isRefused, setIsRefused] = useState(false);
  return (
    <Dialog
      title={props.title}
      onClose={props.onClose}
      footer={
        <>
          <Button onClick={props.onClose}>{t('common:cancel')}</Button>
          <Button variant="primary" type="submit" form={formId}>
            {props.submitLabel}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() === '') {
            setIsRefused(true);
            return;
          }
          props.onSubmit(name.trim());
          props.onClose();
        }}
      >
        <TextField
          label={t('name')}
          hint={t('nameHint')}
          error={isRefused && name.trim() === '' ? t('nameMissing') : undefined}
          value={name}
          onChange={setName}
          input={{ maxLength: MAX_NAME_LENGTH }}
        />
      </form>
    </Dialog>
  );
}
