import { useTranslation } from 'react-i18next';
import type { ClassLabel } from '../../domain/project.ts';
import { useAppState } from '../../state/useAppState.ts';
import { ClassSwatch } from '../../ui/ClassSwatch.tsx';
import { Menu } from '../../ui/Menu.tsx';

const COLOR_INDEXES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

/** The class's swatch, which opens the palette. */
export function ClassColorMenu({ label }: { readonly label: ClassLabel }) {
  const { t } = useTranslation('collect');
  const recolorClass = useAppState((state) => state.recolorClass);
  return (
    <Menu
      label={t('class.colorOf', { name: label.name })}
      icon={<ClassSwatch colorIndex={label.colorIndex} />}
      items={COLOR_INDEXES.map((index) => ({
        label: t(`color.${index}`),
        icon: <ClassSwatch colorIndex={index} />,
        isChecked: index === label.colorIndex,
        onSelect: () => void recolorClass(label.id, index),
      }))}
    />
  );
}
