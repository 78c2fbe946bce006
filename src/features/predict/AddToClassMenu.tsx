import type { ClassLabelId } from '../../domain/ids.ts';
import { useAppState } from '../../state/useAppState.ts';
import { PlusIcon } from '../../ui/icons.tsx';
import { Menu } from '../../ui/Menu.tsx';

interface AddToClassMenuProps {
  readonly label: string;
  /** Whether the label is written on the button, and not only its name. */
  readonly isWritten?: boolean;
  readonly onChoose: (to: ClassLabelId) => void;
}

/** Adds what was predicted to one of the project's classes, for the next training. */
export function AddToClassMenu({ label, isWritten = false, onChoose }: AddToClassMenuProps) {
  const classLabels = useAppState((state) => state.project?.classLabels) ?? [];
  return (
    <Menu
      label={label}
      icon={<PlusIcon />}
      {...(isWritten ? { variant: 'secondary' } : {})}
      items={classLabels.map(({ id, name }) => ({
        label: name,
        onSelect: () => {
          onChoose(id);
        },
      }))}
    />
  );
}
