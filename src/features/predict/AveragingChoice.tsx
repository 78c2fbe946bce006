import { useTranslation } from 'react-i18next';
import { averagingOf, offeredAveragings } from '../../domain/averaging.ts';
import { useAppState } from '../../state/useAppState.ts';
import { SelectField } from '../../ui/SelectField.tsx';
import styles from './PredictPage.module.css';

/** Views of each picture whose probabilities are averaged, as chosen for the project. */
export function AveragingChoice() {
  const { t } = useTranslation('averaging');
  const project = useAppState((state) => state.project);
  const isRunning = useAppState(({ batch }) => batch.status === 'running');
  const setAveraging = useAppState((state) => state.setAveraging);
  if (project === null) return null;
  const chosen = averagingOf(project);
  return (
    <div className={styles['averaging']}>
      <SelectField
        label={t('legend')}
        hint={t(`hint.${chosen}`)}
        value={chosen}
        options={offeredAveragings(project.augmentation).map((value) => ({
          value,
          label: t(`name.${value}`),
        }))}
        isDisabled={isRunning}
        onChange={(averaging) => void setAveraging(averaging)}
      />
    </div>
  );
}
