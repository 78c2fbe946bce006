import { useTranslation } from 'react-i18next';
import type { AveragedMetrics, Evaluation } from '../../domain/evaluation.ts';
import type { RunLabel } from '../../domain/trainingRun.ts';
import { Card } from '../../ui/Card.tsx';
import { ClassSwatch } from '../../ui/ClassSwatch.tsx';
import { useFormat } from '../../ui/format.ts';
import styles from './ClassMetricsCard.module.css';

const METRICS = ['precision', 'recall', 'f1'] as const;

interface ClassMetricsCardProps {
  readonly labels: readonly RunLabel[];
  readonly evaluation: Evaluation;
  /** Another run, whose F1 stands beside this one's. */
  readonly comparison: {
    readonly labels: readonly RunLabel[];
    readonly evaluation: Evaluation;
  } | null;
}

/** Precision, recall, F1 and support of each class, and both ways of averaging them. */
export function ClassMetricsCard({ labels, evaluation, comparison }: ClassMetricsCardProps) {
  const { t } = useTranslation('evaluate');
  const otherF1 = (id: RunLabel['id']): number | null => {
    const index = comparison?.labels.findIndex((label) => label.id === id) ?? -1;
    return comparison?.evaluation.perClass[index]?.f1 ?? null;
  };
  return (
    <Card as="section" aria-labelledby="per-class">
      <h2 id="per-class">{t('metrics.title')}</h2>
      <p className={styles['hint']}>{t('metrics.hint')}</p>
      <div className={styles['scroll']} role="group" aria-label={t('metrics.table')} tabIndex={0}>
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">{t('metrics.class')}</th>
              {METRICS.map((metric) => (
                <th key={metric} scope="col">
                  {t(`metrics.${metric}`)}
                </th>
              ))}
              {comparison === null ? null : <th scope="col">{t('metrics.otherF1')}</th>}
              <th scope="col">{t('metrics.support')}</th>
            </tr>
          </thead>
          <tbody>
            {labels.map((label, index) => {
              const metrics = evaluation.perClass[index];
              if (metrics === undefined) return null;
              return (
                <MetricsRow
                  key={label.id}
                  label={label}
                  name={label.name}
                  metrics={metrics}
                  otherF1={comparison === null ? undefined : otherF1(label.id)}
                  support={metrics.support}
                />
              );
            })}
          </tbody>
          <tfoot>
            {(['macro', 'weighted'] as const).map((average) => (
              <MetricsRow
                key={average}
                name={t(`metrics.${average}`)}
                metrics={evaluation[average]}
                otherF1={comparison?.evaluation[average].f1}
                support={evaluation.numSamples}
              />
            ))}
          </tfoot>
        </table>
      </div>
    </Card>
  );
}

interface MetricsRowProps {
  readonly label?: RunLabel;
  readonly name: string;
  readonly metrics: AveragedMetrics;
  /** `undefined` without a comparison, `null` where the other run has no such class. */
  readonly otherF1: number | null | undefined;
  readonly support: number;
}

function MetricsRow({ label, name, metrics, otherF1, support }: MetricsRowProps) {
  const { t } = useTranslation('evaluate');
  const format = useFormat();
  return (
    <tr>
      <th scope="row">
        <span className={styles['name']}>
          {label === undefined ? null : <ClassSwatch colorIndex={label.colorIndex} />}
          {name}
        </span>
      </th>
      {METRICS.map((metric) => (
        <td key={metric}>
          <span className={styles['value']}>{format.percent(metrics[metric], 1)}</span>
          <span aria-hidden="true" className={styles['track']}>
            <span style={{ width: `${String(metrics[metric] * 100)}%` }} />
          </span>
        </td>
      ))}
      {otherF1 === undefined ? null : (
        <td>{otherF1 === null ? t('metrics.none') : format.percent(otherF1, 1)}</td>
      )}
      <td>{format.number(support)}</td>
    </tr>
  );
}
