import { useTranslation } from 'react-i18next';
import type { BackendCandidate, BackendChoice } from '../../domain/backend.ts';
import { useAppState } from '../../state/useAppState.ts';
import { Card } from '../../ui/Card.tsx';
import { useFormat } from '../../ui/format.ts';
import { SelectField } from '../../ui/SelectField.tsx';
import styles from './panels.module.css';

const CHOICES: readonly BackendChoice[] = ['auto', 'webgpu', 'webgl', 'wasm', 'cpu'];

/** What computes the photos, what was measured on this device, and the choice to overrule it. */
export function BackendPanel() {
  const { t } = useTranslation('train');
  const format = useFormat();
  const choice = useAppState((state) => state.backendChoice);
  const report = useAppState((state) => state.backendReport);
  const setBackendChoice = useAppState((state) => state.setBackendChoice);
  const isBusy = useAppState(
    ({ training: { status } }) => status !== 'idle' && status !== 'failed',
  );
  const speed = (photosPerSecond: number) =>
    t('backend.speed', { speed: format.number(photosPerSecond, photosPerSecond < 10 ? 1 : 0) });

  const outcome = ({ outcome: found }: BackendCandidate): string => {
    if (found.kind === 'measured') return speed(found.photosPerSecond);
    if (found.kind === 'skipped') return t(`backend.skipped.${found.reason}`);
    return t(`backend.failed.${found.reason}`);
  };
  return (
    <Card as="section" aria-labelledby="backend">
      <h2 id="backend">{t('backend.title')}</h2>
      <div className={styles['fields']}>
        <SelectField
          label={t('backend.choice')}
          hint={t('backend.hint')}
          value={choice}
          options={CHOICES.map((value) => ({ value, label: t(`backend.name.${value}`) }))}
          isDisabled={isBusy}
          onChange={(value) => void setBackendChoice(value)}
        />
      </div>
      {report === null ? (
        <p className={styles['adapter']}>{t('backend.measuring')}</p>
      ) : (
        <dl className={styles['facts']}>
          <dt>{t('backend.inUse')}</dt>
          <dd>
            {t(`backend.name.${report.backend}`)}
            {report.photosPerSecond === null ? '' : ` · ${speed(report.photosPerSecond)}`}
            {report.adapter === null ? null : (
              <div className={styles['adapter']}>{report.adapter}</div>
            )}
          </dd>
        </dl>
      )}
      {report === null || report.candidates.length === 0 ? null : (
        <table className={styles['candidates']}>
          <caption>{t('backend.tried')}</caption>
          <tbody>
            {report.candidates.map((candidate) => (
              <tr key={candidate.backend}>
                <th scope="row">{t(`backend.name.${candidate.backend}`)}</th>
                <td>
                  {outcome(candidate)}
                  {candidate.adapter === null ? null : (
                    <div className={styles['adapter']}>{candidate.adapter}</div>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}
