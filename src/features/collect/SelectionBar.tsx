import { useTranslation } from 'react-i18next';
import type { ClassLabelId, SampleId } from '../../domain/ids.ts';
import type { ClassLabel } from '../../domain/project.ts';
import { Button } from '../../ui/Button.tsx';
import { ClassSwatch } from '../../ui/ClassSwatch.tsx';
import { useFormat } from '../../ui/format.ts';
import { ArrowRightIcon, TrashIcon } from '../../ui/icons.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { chooseAll, NOTHING_CHOSEN, type Selection } from './selection.ts';
import styles from './SelectionBar.module.css';

interface SelectionBarProps {
  readonly order: readonly SampleId[];
  readonly selection: Selection<SampleId>;
  readonly otherClasses: readonly ClassLabel[];
  readonly onSelect: (selection: Selection<SampleId>) => void;
  readonly onDelete: () => void;
  readonly onMove: (to: ClassLabelId) => void;
}

/** What can be done with the chosen photos; stays in sight while scrolling. */
export function SelectionBar(props: SelectionBarProps) {
  const { order, selection, onSelect } = props;
  const { t } = useTranslation('collect');
  const format = useFormat();
  const count = selection.chosen.size;
  const hasAll = count === order.length;
  return (
    <div className={styles['bar']}>
      <p role="status" className={styles['status']} data-idle={count === 0}>
        {count > 0 ? (
          t('gallery.selected', { count, formatted: format.number(count) })
        ) : (
          <>
            <span className={styles['hint']}>{t('gallery.hint')}</span>
            <span className={styles['touchHint']}>{t('gallery.touchHint')}</span>
          </>
        )}
      </p>
      <Button
        variant="quiet"
        onClick={() => {
          onSelect(hasAll ? NOTHING_CHOSEN : chooseAll(order, selection));
        }}
      >
        {hasAll ? t('gallery.clear') : t('gallery.selectAll')}
      </Button>
      {count === 0 ? null : (
        <>
          {props.otherClasses.length === 0 ? null : (
            <Menu
              variant="secondary"
              label={t('gallery.moveTo')}
              icon={<ArrowRightIcon />}
              items={props.otherClasses.map(({ id, name, colorIndex }) => ({
                label: name,
                icon: <ClassSwatch colorIndex={colorIndex} />,
                onSelect: () => {
                  props.onMove(id);
                },
              }))}
            />
          )}
          <Button icon={<TrashIcon />} onClick={props.onDelete}>
            {t('gallery.delete')}
          </Button>
        </>
      )}
    </div>
  );
}
