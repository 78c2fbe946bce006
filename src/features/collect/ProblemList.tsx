import { useTranslation } from 'react-i18next';
import { useAppState } from '../../state/useAppState.ts';
import { useFormat } from '../../ui/format.ts';
import { useMessages } from '../../ui/messages.ts';
import { NoticeBar } from '../../ui/NoticeBar.tsx';
import styles from './ProblemList.module.css';

/** More rows help nobody and would slow the page down. */
const MAX_ROWS = 300;

/** Files that did not become photos, each with its reason. */
export function ProblemList() {
  const { t } = useTranslation('collect');
  const problems = useAppState((state) => state.problems);
  const dismiss = useAppState((state) => state.dismissProblems);
  const messages = useMessages();
  const format = useFormat();
  const count = problems.length;
  if (count === 0) return null;
  return (
    <section aria-label={t('problems.list')} className={styles['root']}>
      <NoticeBar tone="warning" onDismiss={dismiss}>
        <details>
          <summary>{t('problems.title', { count, formatted: format.number(count) })}</summary>
          {/* Scrolls, so the keyboard must reach it. */}
          <div
            className={styles['scroll']}
            tabIndex={0}
            role="group"
            aria-label={t('problems.list')}
          >
            <table className={styles['table']}>
              <thead>
                <tr>
                  <th scope="col">{t('problems.file')}</th>
                  <th scope="col">{t('problems.reason')}</th>
                </tr>
              </thead>
              <tbody>
                {problems.slice(0, MAX_ROWS).map(({ fileName, problem, detail }, index) => (
                  <tr key={index}>
                    <td className={styles['file']}>{fileName}</td>
                    <td>{messages.problem(problem, detail)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            {count > MAX_ROWS ? (
              <p>{t('problems.more', { formatted: format.number(count - MAX_ROWS) })}</p>
            ) : null}
          </div>
        </details>
      </NoticeBar>
    </section>
  );
}
