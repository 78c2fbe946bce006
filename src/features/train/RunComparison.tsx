import { useTranslation } from 'react-i18next';
import type { TrainingRun } from '../../domain/trainingRun.ts';
import { useAppState } from '../../state/useAppState.ts';
import { runFacts } from './runFacts.ts';
import { useFormat } from '../../ui/format.ts';
import styles from './RunList.module.css';
import tableStyles from './tables.module.css';

interface RunComparisonProps {
  readonly runs: readonly { readonly run: TrainingRun; readonly number: number }[];
}

/** Runs side by side; what is not the same in all of them stands out. */
export function RunComparison({ runs }: RunComparisonProps) {
  const { t } = useTranslation('train');
  const format = useFormat();
  const bases = useAppState((state) => state.bases);
  const none = t('curves.none');
  const facts = runs.map(({ run }) => {
    const base = bases.find((each) => each.base.id === run.classifier.baseId)?.base;
    return runFacts(run, base?.name ?? run.classifier.baseId, format, t);
  });
  const title = t('runs.comparison');
  return (
    <section className={styles['comparison']} aria-label={title}>
      <h3>{title}</h3>
      <div className={styles['scroll']} role="group" aria-label={title} tabIndex={0}>
        <table className={tableStyles['table']}>
          <caption className="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <td />
              {runs.map(({ run, number }) => (
                <th key={run.id} scope="col">
                  {t('runs.name', { number })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {facts[0]?.map(({ key, text, isOptional }, row) => {
              if (isOptional && facts.every((each) => each[row]?.text === null)) return null;
              const differs = facts.some((each) => each[row]?.text !== text);
              return (
                <tr key={key}>
                  <th scope="row">{t(`facts.${key}`)}</th>
                  {facts.map((each, column) => (
                    <td key={column} data-differs={differs}>
                      {each[row]?.text ?? none}
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
