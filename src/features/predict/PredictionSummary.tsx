import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useAppState } from '../../state/useAppState.ts';
import { ClassSwatch } from '../../ui/ClassSwatch.tsx';
import { useFormat } from '../../ui/format.ts';
import { WarningIcon } from '../../ui/icons.tsx';
import { answerOf } from './answer.ts';
import styles from './FilesCard.module.css';

/** How often each class was the answer, and how many files gave none. */
export function PredictionSummary() {
  const { t } = useTranslation('predict');
  const format = useFormat();
  const files = useAppState((state) => state.predictedFiles);
  const labels = useAppState((state) => state.predictedLabels);
  const answers = useMemo(() => files.map(({ prediction }) => answerOf(prediction)), [files]);
  const numProblems = answers.filter((answer) => answer === null).length;
  return (
    <ul aria-label={t('files.summary')} className={styles['summary']}>
      {labels.map(({ id, name, colorIndex }, index) => (
        <li key={id}>
          <ClassSwatch colorIndex={colorIndex} />
          {name} {format.number(answers.filter((answer) => answer?.classIndex === index).length)}
        </li>
      ))}
      {numProblems === 0 ? null : (
        <li>
          <WarningIcon />
          {t('files.problems', { count: numProblems, formatted: format.number(numProblems) })}
        </li>
      )}
    </ul>
  );
}
