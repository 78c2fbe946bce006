import { useTranslation } from 'react-i18next';
import type { ClassLabel } from '../../domain/project.ts';
import { useAppState } from '../../state/useAppState.ts';
import { ArrowDownIcon, ArrowUpIcon, MoreIcon, TrashIcon } from '../../ui/icons.tsx';
import { Menu } from '../../ui/Menu.tsx';

interface ClassMenuProps {
  readonly label: ClassLabel;
  readonly index: number;
  readonly numClasses: number;
}

/** What can be done with a class as a whole; reorders without dragging. */
export function ClassMenu({ label, index, numClasses }: ClassMenuProps) {
  const { t } = useTranslation('collect');
  const moveClass = useAppState((state) => state.moveClass);
  const deleteClass = useAppState((state) => state.deleteClass);
  return (
    <Menu
      label={t('class.actions', { name: label.name })}
      icon={<MoreIcon />}
      items={[
        {
          label: t('class.moveEarlier'),
          icon: <ArrowUpIcon />,
          isDisabled: index === 0,
          onSelect: () => void moveClass(label.id, index - 1),
        },
        {
          label: t('class.moveLater'),
          icon: <ArrowDownIcon />,
          isDisabled: index === numClasses - 1,
          onSelect: () => void moveClass(label.id, index + 1),
        },
        {
          label: t('class.delete'),
          icon: <TrashIcon />,
          isDanger: true,
          onSelect: () => void deleteClass(label.id),
        },
      ]}
    />
  );
}
